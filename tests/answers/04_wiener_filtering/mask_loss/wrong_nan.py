# Slip: divides by 0 in silence.
# Names it: division by 0

def mask_loss(H, S, Y):
    H_best = (S / Y).real.clamp(0, 1)
    return (Y.abs() ** (1 / 3) * (H - H_best).square()).mean()
