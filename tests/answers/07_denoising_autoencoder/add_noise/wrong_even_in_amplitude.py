# Slip: draws the gain evenly, not the SNR.
# Names it: not the SNR in dB
def add_noise(s, n, *, snr_db, generator):
    if not (s.any() and n.any()):
        return s.clone()
    low, high = snr_db
    u = float(torch.rand((), generator=generator))
    a, b = 10 ** (-low / 20), 10 ** (-high / 20)
    return s + (b + (a - b) * u) * s.norm() / n.norm() * n
