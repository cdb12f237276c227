# Slip: squares the complex difference, and takes the magnitude of the mean.
# Names it: of each bin
def spectral_loss(S_hat, S, *, c=0.3):
    def compress(X):
        m = (X.real ** 2 + X.imag ** 2 + 1e-8).sqrt()
        return X * m ** (c - 1), m ** c
    A, a = compress(S_hat)
    B, b = compress(S)
    return 0.5 * ((A - B) ** 2).mean().abs() + 0.5 * ((a - b) ** 2).mean()
