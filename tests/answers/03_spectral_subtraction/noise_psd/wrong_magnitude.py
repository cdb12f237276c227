# Slip: gives magnitudes, not powers.
# Names it: mean magnitude

def noise_psd(Y, noise_only):
    chosen = noise_only.unsqueeze(-2)
    return (Y.abs() * chosen).sum(-1, keepdim=True) / chosen.sum(-1, keepdim=True)
