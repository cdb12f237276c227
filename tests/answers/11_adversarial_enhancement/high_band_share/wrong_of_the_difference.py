# Slip: The energy of the error.
# Names it: difference
import torch


def high_band_share(s_hat, s, *, cutoff_hz):
    hz = torch.arange(s.shape[-1] // 2 + 1) * 16000 / s.shape[-1]
    high = hz >= cutoff_hz
    error = torch.fft.rfft(s_hat - s).abs().square()
    return error[..., high].sum(-1) / torch.fft.rfft(s).abs().square()[..., high].sum(-1)
