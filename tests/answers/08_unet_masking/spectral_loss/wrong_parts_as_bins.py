# Slip: averages real and imaginary parts as if they were bins.
# Names it: as if they were bins
import torch


def spectral_loss(S_hat, S, *, c=0.3):
    def compress(X):
        m = (X.real.square() + X.imag.square() + 1e-8).sqrt()
        return m ** (c - 1) * X, m ** c

    X_hat, m_hat = compress(S_hat)
    X, m = compress(S)
    E = X_hat - X
    return 0.5 * torch.view_as_real(E).square().mean() + 0.5 * (m_hat - m).square().mean()
