# Slip: draws from a normal distribution.
# Names it: outside of snr_db
def add_noise(s, n, *, snr_db, generator):
    if not (s.any() and n.any()):
        return s.clone()
    low, high = snr_db
    u = float(torch.rand((), generator=generator))
    chosen = (low + high) / 2 + (high - low) / 2 * float(torch.randn((), generator=generator))
    return degrade.mix(s, n, snr_db=chosen)
