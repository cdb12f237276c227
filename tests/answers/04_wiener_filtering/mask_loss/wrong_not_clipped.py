# Slip: does not clip the target.
# Names it: not clipped

def mask_loss(H, S, Y):
    H_best = (S * Y.conj()).real / Y.abs().square().clamp_min(1e-20)
    return (Y.abs() ** (1 / 3) * (H - H_best).square()).mean()
