# Slip: Forgets the 1.
# Names it: + 1 is missing


def log_frames(S):
    power = S.abs().square()
    P = power.mean((-2, -1), keepdim=True).clamp_min(1e-30)
    return (torch.log10(power / P + 1e-6) / 3).transpose(-2, -1)
