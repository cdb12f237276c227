# Slip: adds an epsilon to the power of the noise, which may be weaker than that.
# Names it: very weak noise
def mix_at_snr(s, n, snr_db):
    power_s = s.square().mean(-1, keepdim=True)
    power_n = n.square().mean(-1, keepdim=True) + 1e-6
    return s + (power_s / power_n).sqrt() * 10 ** (-snr_db / 20) * n
