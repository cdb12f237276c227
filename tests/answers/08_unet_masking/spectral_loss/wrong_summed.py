# Slip: sums instead of taking the mean.
# Names it: sum over the bins
def spectral_loss(S_hat, S, *, c=0.3):
    def compress(X):
        m = (X.real.square() + X.imag.square() + 1e-8).sqrt()
        return m ** (c - 1) * X, m ** c

    X_hat, m_hat = compress(S_hat)
    X, m = compress(S)
    E = X_hat - X
    return 0.5 * (E.real.square() + E.imag.square()).sum() + 0.5 * (m_hat - m).square().sum()
