def spectral_loss(S_hat, S, *, c=0.3):
    P_hat = S_hat.real ** 2 + S_hat.imag ** 2 + 1e-8
    P = S.real ** 2 + S.imag ** 2 + 1e-8
    g_hat, g = P_hat ** ((c - 1) / 2), P ** ((c - 1) / 2)
    real, imag = g_hat * S_hat.real - g * S.real, g_hat * S_hat.imag - g * S.imag
    with_phase = (real ** 2 + imag ** 2).mean()
    without = (P_hat ** (c / 2) - P ** (c / 2)).pow(2).mean()
    return (with_phase + without) / 2
