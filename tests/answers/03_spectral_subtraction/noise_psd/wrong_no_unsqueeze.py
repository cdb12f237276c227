# Slip: the mask has no axis of frequency, and meets the wrong axis.
# Names it: axis of frequency is missing

def noise_psd(Y, noise_only):
    return (Y.abs().square() * noise_only).sum(-1, keepdim=True) / noise_only.sum(-1, keepdim=True)
