# Slip: takes the mean of the complex bins first.
# Names it: power of the mean

def noise_psd(Y, noise_only):
    chosen = noise_only.unsqueeze(-2)
    return ((Y * chosen).sum(-1, keepdim=True) / chosen.sum(-1, keepdim=True)).abs().square()
