# Slip: weights with |Y|.
# Names it: not its cube root

def mask_loss(H, S, Y):
    H_best = phase_sensitive_mask(S, Y)
    return (Y.abs() * (H - H_best).square()).mean()
