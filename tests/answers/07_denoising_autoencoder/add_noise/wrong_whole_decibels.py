# Slip: draws whole decibels only.
# Names it: whole numbers
def add_noise(s, n, *, snr_db, generator):
    if not (s.any() and n.any()):
        return s.clone()
    low, high = snr_db
    u = float(torch.rand((), generator=generator))
    chosen = int(torch.randint(int(low), int(high) + 1, (), generator=generator))
    return degrade.mix(s, n, snr_db=chosen)
