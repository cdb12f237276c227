def mask_loss(H, S, Y):
    best = phase_sensitive_mask(S, Y)
    weight = (Y.real ** 2 + Y.imag ** 2) ** (1 / 6)
    return (weight * (best - H) * (best - H)).sum() / H.numel()
