# Slip: Divides silence by 0.
# Names it: NaN or infinite


def log_frames(S):
    power = S.abs().square()
    P = power.mean((-2, -1), keepdim=True)
    return (1 + torch.log10(power / P + 1e-6) / 3).transpose(-2, -1)
