# Slip: divides by the power of silence.
# Names it: division by 0
def add_noise(s, n, *, snr_db, generator):
    low, high = snr_db
    chosen = low + (high - low) * float(torch.rand((), generator=generator))
    gain = (s.square().mean() / n.square().mean() * 10 ** (-chosen / 10)).sqrt()
    return s + gain * n
