# Slip: divides by the number of all frames.
# Names it: number of noise-only frames

def noise_psd(Y, noise_only):
    chosen = noise_only.unsqueeze(-2)
    return (Y.abs().square() * chosen).mean(-1, keepdim=True)
