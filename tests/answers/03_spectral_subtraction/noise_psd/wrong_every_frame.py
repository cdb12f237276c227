# Slip: ignores which frames are noise.
# Names it: speech is in it

def noise_psd(Y, noise_only):
    return Y.abs().square().mean(-1, keepdim=True)
