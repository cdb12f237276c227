# Slip: divides by the sum of the weights.
# Names it: sum of the weights

def mask_loss(H, S, Y):
    H_best = phase_sensitive_mask(S, Y)
    w = Y.abs() ** (1 / 3)
    return (w * (H - H_best).square()).sum() / w.sum().clamp_min(1e-12)
