# Slip: takes the square root.
# Names it: take the cube root

def mask_loss(H, S, Y):
    H_best = phase_sensitive_mask(S, Y)
    return (Y.abs().sqrt() * (H - H_best).square()).mean()
