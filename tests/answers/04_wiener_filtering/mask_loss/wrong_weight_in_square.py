# Slip: squares the weight too.
# Names it: outside of the square

def mask_loss(H, S, Y):
    H_best = phase_sensitive_mask(S, Y)
    return (Y.abs() ** (1 / 3) * (H - H_best)).square().mean()
