# Slip: adds a part of high, not of high - low, to low.
# Names it: low + (high - low)
def add_noise(s, n, *, snr_db, generator):
    if not (s.any() and n.any()):
        return s.clone()
    low, high = snr_db
    return degrade.mix(s, n, snr_db=low + high * float(torch.rand((), generator=generator)))
