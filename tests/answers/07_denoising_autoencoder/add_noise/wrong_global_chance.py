# Slip: draws from the global source of chance.
# Names it: same seed
def add_noise(s, n, *, snr_db, generator):
    if not (s.any() and n.any()):
        return s.clone()
    low, high = snr_db
    u = float(torch.rand((), ))
    return degrade.mix(s, n, snr_db=low + (high - low) * u)
