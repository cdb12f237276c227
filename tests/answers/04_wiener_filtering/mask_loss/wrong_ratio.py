# Slip: takes a target without phase.
# Names it: target is |S| / |Y|

def mask_loss(H, S, Y):
    H_best = (S.abs() / Y.abs().clamp_min(1e-20)).clamp(0, 1)
    return (Y.abs() ** (1 / 3) * (H - H_best).square()).mean()
