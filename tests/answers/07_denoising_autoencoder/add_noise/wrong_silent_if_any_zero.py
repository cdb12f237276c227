# Slip: takes a sound for silent if one of its samples is 0.
# Names it: all samples are 0
def add_noise(s, n, *, snr_db, generator):
    if not (s.all() and n.all()):
        return s.clone()
    low, high = snr_db
    return degrade.mix(s, n, snr_db=low + (high - low) * float(torch.rand((), generator=generator)))
