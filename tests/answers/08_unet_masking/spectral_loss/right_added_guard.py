from torch.nn import functional


def spectral_loss(S_hat, S, *, c=0.3):
    m_hat, m = S_hat.abs() + 1e-6, S.abs() + 1e-6
    difference = S_hat * m_hat ** (c - 1) - S * m ** (c - 1)
    return 0.5 * (difference * difference.conj()).real.mean() + 0.5 * functional.mse_loss(m_hat ** c, m ** c)
