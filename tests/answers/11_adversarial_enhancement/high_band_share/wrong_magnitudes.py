# Slip: Adds magnitudes, not energies.
# Names it: before you add them
import torch


def high_band_share(s_hat, s, *, cutoff_hz):
    hz = torch.arange(s.shape[-1] // 2 + 1) * 16000 / s.shape[-1]
    S_hat, S = torch.fft.rfft(s_hat).abs(), torch.fft.rfft(s).abs()
    high = hz >= cutoff_hz
    return S_hat[..., high].sum(-1) / S[..., high].sum(-1)
