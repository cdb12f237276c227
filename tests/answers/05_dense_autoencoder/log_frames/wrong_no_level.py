# Slip: Forgets the level.
# Names it: mean power P is missing


def log_frames(S):
    power = S.abs().square()
    P = torch.ones(())
    return (1 + torch.log10(power / P + 1e-6) / 3).transpose(-2, -1)
