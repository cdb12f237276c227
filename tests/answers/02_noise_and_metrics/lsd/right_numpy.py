def lsd(S_hat, S):
    import numpy as np

    a = np.maximum(np.abs(S_hat.numpy()) ** 2, 1e-10)
    b = np.maximum(np.abs(S.numpy()) ** 2, 1e-10)
    d = np.log10(a) - np.log10(b)
    return np.mean(np.sqrt(np.mean(d ** 2, axis=-2)), axis=-1)
