import torch


def si_sdr(s_hat, s):
    import numpy as np

    out = np.empty(s.shape[:-1])
    for index in np.ndindex(out.shape):
        a, b = s_hat[index].double().numpy(), s[index].double().numpy()
        (alpha,), *_ = np.linalg.lstsq(b[:, None], a, rcond=None)
        out[index] = 20 * np.log10(np.linalg.norm(alpha * b) / np.linalg.norm(a - alpha * b))
    return torch.tensor(out)
