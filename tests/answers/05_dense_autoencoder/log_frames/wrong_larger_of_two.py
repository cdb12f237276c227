# Slip: Takes the small constant as a lower limit and does not add it.
# Names it: takes the larger of the two


def log_frames(S):
    power = S.abs().square()
    P = power.mean((-2, -1), keepdim=True).clamp_min(1e-30)
    return (1 + torch.log10((power / P).clamp_min(1e-6)) / 3).transpose(-2, -1)
