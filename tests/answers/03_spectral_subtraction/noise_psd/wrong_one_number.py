# Slip: averages over the frequencies too.
# Names it: mean over the frequencies

def noise_psd(Y, noise_only):
    chosen = noise_only.unsqueeze(-2)
    P = (Y.abs().square() * chosen).sum(-1, keepdim=True) / chosen.sum(-1, keepdim=True)
    return P.mean(-2, keepdim=True)
