# Slip: divides by the number of noise-only frames of the whole batch.
# Names it: frames of the whole batch

def noise_psd(Y, noise_only):
    chosen = noise_only.unsqueeze(-2)
    return (Y.abs().square() * chosen).sum(-1, keepdim=True) / noise_only.sum()
