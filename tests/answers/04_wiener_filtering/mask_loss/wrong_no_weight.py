# Slip: leaves the weight out.
# Names it: weight is missing

def mask_loss(H, S, Y):
    H_best = phase_sensitive_mask(S, Y)
    return (H - H_best).square().mean()
