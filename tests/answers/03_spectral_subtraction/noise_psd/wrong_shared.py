# Slip: averages over the batch too.
# Names it: whole batch shares

def noise_psd(Y, noise_only):
    P = Y.abs().square()
    if Y.ndim < 4:
        return P[..., noise_only].mean(-1, keepdim=True)
    total = (P * noise_only.unsqueeze(-2)).sum((0, 1, 3)) / noise_only.sum()
    return total[:, None].expand(*Y.shape[:-1], 1).clone()
