# Slip: forgets the brackets of the exponent.
# Names it: needs brackets

def mask_loss(H, S, Y):
    return (Y.abs() ** 1 / 3 * (H - phase_sensitive_mask(S, Y)) ** 2).mean()
