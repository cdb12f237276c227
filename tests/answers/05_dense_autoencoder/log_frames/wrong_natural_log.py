# Slip: The natural logarithm.
# Names it: natural


def log_frames(S):
    power = S.abs().square()
    P = power.mean((-2, -1), keepdim=True).clamp_min(1e-30)
    return (1 + torch.log(power / P + 1e-6) / 3).transpose(-2, -1)
