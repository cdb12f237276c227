# Slip: returns one loss for each bin.
# Names it: shape

def mask_loss(H, S, Y):
    H_best = phase_sensitive_mask(S, Y)
    return Y.abs() ** (1 / 3) * (H - H_best).square()
