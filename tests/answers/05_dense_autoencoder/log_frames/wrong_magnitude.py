# Slip: Magnitudes in place of powers.
# Names it: power needs the square


def log_frames(S):
    power = S.abs()
    P = power.mean((-2, -1), keepdim=True).clamp_min(1e-30)
    return (1 + torch.log10(power / P + 1e-6) / 3).transpose(-2, -1)
