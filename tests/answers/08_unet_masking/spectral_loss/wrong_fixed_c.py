# Slip: ignores c.
# Names it: c is not used
def spectral_loss(S_hat, S, *, c=0.3):
    def compress(X):
        m = (X.real.square() + X.imag.square() + 1e-8).sqrt()
        return m ** (0.3 - 1) * X, m ** 0.3

    X_hat, m_hat = compress(S_hat)
    X, m = compress(S)
    E = X_hat - X
    return 0.5 * (E.real.square() + E.imag.square()).mean() + 0.5 * (m_hat - m).square().mean()
