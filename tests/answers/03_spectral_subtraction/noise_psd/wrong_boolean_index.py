# Slip: uses the first item's frames for the whole batch.
# Names it: first item

def noise_psd(Y, noise_only):
    first = noise_only.reshape(-1, noise_only.shape[-1])[0]
    return Y[..., first].abs().square().mean(-1, keepdim=True)
