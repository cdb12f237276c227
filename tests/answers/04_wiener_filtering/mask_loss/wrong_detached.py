# Slip: detaches the mask.
# Names it: No gradient

def mask_loss(H, S, Y):
    return (Y.abs() ** (1 / 3) * (H.detach() - phase_sensitive_mask(S, Y)).square()).mean()
