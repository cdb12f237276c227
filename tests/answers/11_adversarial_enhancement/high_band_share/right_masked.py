import torch


def high_band_share(s_hat, s, *, cutoff_hz):
    f = torch.linspace(0, 16000 * (s.shape[-1] // 2) / s.shape[-1], s.shape[-1] // 2 + 1)
    keep = (f >= cutoff_hz - 1e-3).float()
    power = keep * torch.fft.rfft(torch.stack([s_hat, s])).abs() ** 2
    total = power.sum(dim=-1)
    return total[0] / total[1]
