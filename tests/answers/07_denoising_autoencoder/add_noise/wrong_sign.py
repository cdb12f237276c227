# Slip: the SNR with the wrong sign.
# Names it: wrong sign
def add_noise(s, n, *, snr_db, generator):
    if not (s.any() and n.any()):
        return s.clone()
    low, high = snr_db
    u = float(torch.rand((), generator=generator))
    return degrade.mix(s, n, snr_db=-(low + (high - low) * u))
