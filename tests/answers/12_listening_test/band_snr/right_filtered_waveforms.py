import torch


def band_snr(s_hat, s, low_hz, high_hz):
    def keep(x):
        X = torch.fft.rfft(x.double())
        f = torch.fft.rfftfreq(x.shape[-1], 1 / 16000)
        return torch.fft.irfft(torch.where((f >= low_hz) & (f < high_hz), X, 0), n=x.shape[-1])

    return 20 * torch.log10(keep(s).norm(dim=-1) / keep(s_hat - s).norm(dim=-1))
