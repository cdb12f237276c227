# Slip: sets the other frames of its input to 0.
# Names it: changed its input

def noise_psd(Y, noise_only):
    chosen = noise_only.unsqueeze(-2)
    Y *= chosen
    return Y.abs().square().sum(-1, keepdim=True) / chosen.sum(-1, keepdim=True)
