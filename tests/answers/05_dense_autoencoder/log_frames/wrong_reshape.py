# Slip: Reshapes in place of transposing.
# Names it: do not reshape


def log_frames(S):
    power = S.abs().square()
    P = power.mean((-2, -1), keepdim=True).clamp_min(1e-30)
    return (1 + torch.log10(power / P + 1e-6) / 3).reshape(*S.shape[:-2], S.shape[-1], S.shape[-2])
