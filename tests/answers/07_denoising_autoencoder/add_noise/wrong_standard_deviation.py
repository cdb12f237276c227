# Slip: takes the standard deviation for the level.
# Names it: standard deviation
def add_noise(s, n, *, snr_db, generator):
    if not (s.any() and n.any()):
        return s.clone()
    low, high = snr_db
    chosen = low + (high - low) * float(torch.rand((), generator=generator))
    return s + s.std(correction=0) / n.std(correction=0) * 10 ** (-chosen / 20) * n
