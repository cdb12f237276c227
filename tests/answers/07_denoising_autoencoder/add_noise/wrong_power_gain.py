# Slip: forgets the square root of the gain.
def add_noise(s, n, *, snr_db, generator):
    if not (s.any() and n.any()):
        return s.clone()
    low, high = snr_db
    u = float(torch.rand((), generator=generator))
    gain = s.square().mean() / n.square().mean() * 10 ** (-(low + (high - low) * u) / 10)
    return s + gain * n
