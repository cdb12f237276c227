# Slip: takes fftfreq, whose number at 8 kHz is negative.
# Names it: 8 kHz is left out
import torch


def high_band_share(s_hat, s, *, cutoff_hz):
    hz = torch.fft.fftfreq(s.shape[-1], 1 / 16000)[:s.shape[-1] // 2 + 1]
    high = [torch.fft.rfft(x).abs().square()[..., hz >= cutoff_hz].sum(-1) for x in (s_hat, s)]
    return high[0] / high[1]
