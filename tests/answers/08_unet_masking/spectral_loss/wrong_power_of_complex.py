# Slip: raises the complex spectrum to the power c, which changes its phase.
# Names it: the phase is changed
def spectral_loss(S_hat, S, *, c=0.3):
    def compress(X):
        return (X + 1e-8) ** c, (X.real.square() + X.imag.square() + 1e-8) ** (c / 2)

    X_hat, m_hat = compress(S_hat)
    X, m = compress(S)
    return 0.5 * (X_hat - X).abs().square().mean() + 0.5 * (m_hat - m).square().mean()
