import torch
from scipy.signal import firwin


def low_rate(s, r, *, aliased):
    if not aliased:
        taps = torch.as_tensor(firwin(513, 1 / r, window=("kaiser", 6.0)), dtype=s.dtype)
        flat = s.reshape(-1, 1, s.shape[-1])
        s = torch.nn.functional.conv1d(flat, taps[None, None], padding=256).reshape(s.shape)
    return s[..., ::r]
