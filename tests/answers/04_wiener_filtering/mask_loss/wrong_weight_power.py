# Slip: weights with the power.
# Names it: weight is the power

def mask_loss(H, S, Y):
    H_best = phase_sensitive_mask(S, Y)
    return (Y.abs() ** 2 * (H - H_best).square()).mean()
