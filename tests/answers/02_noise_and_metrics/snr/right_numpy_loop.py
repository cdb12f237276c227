def snr(s_hat, s):
    import numpy as np

    out = np.zeros(s.shape[:-1])
    for index in np.ndindex(out.shape):
        a, b = s_hat[index].numpy(), s[index].numpy()
        noise = np.sum((a - b) ** 2)
        out[index] = 10 * np.log10(np.sum(b ** 2) / noise) if noise > 0 else np.inf
    return out
