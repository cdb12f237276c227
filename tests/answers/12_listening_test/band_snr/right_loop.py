import torch


def band_snr(s_hat, s, low_hz, high_hz):
    signal = error = 0
    S, E = torch.fft.rfft(s), torch.fft.rfft(s_hat - s)
    for k, f in enumerate(torch.fft.rfftfreq(s.shape[-1], 1 / SAMPLE_RATE).tolist()):
        if low_hz <= f < high_hz:
            signal = signal + S[..., k].abs() ** 2
            error = error + E[..., k].abs() ** 2
    return 10 * (torch.log10(signal) - torch.log10(error))
