# Slip: The means lose their axes, so that a batch does not fit.
# Names it: size


def log_frames(S):
    power = S.abs().square()
    P = power.mean((-2, -1)).clamp_min(1e-30)
    return (1 + torch.log10(power / P + 1e-6) / 3).transpose(-2, -1)
