# Slip: adds the noise as it is.
# Names it: has to get a gain
def add_noise(s, n, *, snr_db, generator):
    if not (s.any() and n.any()):
        return s.clone()
    low, high = snr_db
    u = float(torch.rand((), generator=generator))
    return s + n
