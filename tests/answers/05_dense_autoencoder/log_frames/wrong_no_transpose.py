# Slip: Frequencies and frames not swapped.
# Names it: the frames are the rows


def log_frames(S):
    power = S.abs().square()
    P = power.mean((-2, -1), keepdim=True).clamp_min(1e-30)
    return (1 + torch.log10(power / P + 1e-6) / 3)
