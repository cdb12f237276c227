def mask_loss(H, S, Y):
    weight = Y.abs().pow(1 / 6)
    return (weight * (H - phase_sensitive_mask(S, Y))).square().mean()
