# Slip: standard deviation in place of the root of the power.
# Names it: variance
def mix_at_snr(s, n, snr_db):
    g = s.std(-1, keepdim=True, correction=0) / n.std(-1, keepdim=True, correction=0) * 10 ** (-snr_db / 20)
    return s + g * n
