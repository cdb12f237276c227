def add_noise(s, n, *, snr_db, generator):
    def rms(x):
        return x.square().mean().sqrt()

    chosen = snr_db[0] + torch.rand((), generator=generator) * (snr_db[1] - snr_db[0])
    if rms(n) > 0 and rms(s) > 0:
        n = n / rms(n) * rms(s) * 10 ** (-chosen / 20)
        return s + n
    return s.clone()
