# Slip: compresses the difference.
def spectral_loss(S_hat, S, *, c=0.3):
    def compress(X):
        m = (X.real.square() + X.imag.square() + 1e-8).sqrt()
        return m ** (c - 1) * X, m ** c

    E, _ = compress(S_hat - S)
    m_hat, m = (compress(x)[1] for x in (S_hat, S))
    return 0.5 * (E.real.square() + E.imag.square()).mean() + 0.5 * (m_hat - m).square().mean()
