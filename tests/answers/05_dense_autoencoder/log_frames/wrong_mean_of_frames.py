# Slip: The mean of each frame.
# Names it: over each frame


def log_frames(S):
    power = S.abs().square()
    P = power.mean(-2, keepdim=True).clamp_min(1e-30)
    return (1 + torch.log10(power / P + 1e-6) / 3).transpose(-2, -1)
