# Slip: takes 10 dB for a factor of 10 in amplitude.
# Names it: for powers
def add_noise(s, n, *, snr_db, generator):
    if not (s.any() and n.any()):
        return s.clone()
    low, high = snr_db
    u = float(torch.rand((), generator=generator))
    return s + s.norm() / n.norm() * 10 ** (-(low + (high - low) * u) / 10) * n
