# Slip: Adds the small constant before the division.
# Names it: after the division


def log_frames(S):
    power = S.abs().square()
    P = power.mean((-2, -1), keepdim=True).clamp_min(1e-30)
    return (1 + torch.log10((power + 1e-6) / P) / 3).transpose(-2, -1)
