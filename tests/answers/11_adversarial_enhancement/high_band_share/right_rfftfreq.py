import torch


def high_band_share(s_hat, s, *, cutoff_hz):
    high = torch.fft.rfftfreq(s.shape[-1], 1 / 16000) >= cutoff_hz
    def energy(x):
        X = torch.fft.rfft(x)
        return (X.real ** 2 + X.imag ** 2)[..., high].sum(-1)
    return energy(s_hat) / energy(s)
