import numpy as np
import torch


def band_snr(s_hat, s, low_hz, high_hz):
    first, last = (int(np.ceil(hz * s.shape[-1] / 16000)) for hz in (low_hz, high_hz))
    S = np.fft.rfft(s.numpy())[..., first:last]
    E = np.fft.rfft(s_hat.numpy())[..., first:last] - S
    return torch.as_tensor(10 * np.log10((abs(S) ** 2).sum(-1) / (abs(E) ** 2).sum(-1)))
