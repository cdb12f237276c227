def rms(x):
    return x.square().mean(-1, keepdim=True).sqrt()


def mix_at_snr(s, n, snr_db):
    return s + rms(s) / rms(n) * 10 ** (-snr_db / 20) * n
