# Slip: leaves out the magnitudes.
# Names it: with the phases is there
def spectral_loss(S_hat, S, *, c=0.3):
    def compress(X):
        m = (X.real.square() + X.imag.square() + 1e-8).sqrt()
        return m ** (c - 1) * X, m ** c

    X_hat, m_hat = compress(S_hat)
    X, m = compress(S)
    E = X_hat - X
    return 0.5 * (E.real.square() + E.imag.square()).mean()
