# Slip: squares the mean magnitude.
# Names it: square first

def noise_psd(Y, noise_only):
    chosen = noise_only.unsqueeze(-2)
    return ((Y.abs() * chosen).sum(-1, keepdim=True) / chosen.sum(-1, keepdim=True)).square()
