# Slip: mean absolute value in place of the root mean square.
# Names it: absolute values
def mix_at_snr(s, n, snr_db):
    level_s, level_n = s.abs().mean(-1, keepdim=True), n.abs().mean(-1, keepdim=True)
    return s + level_s / level_n * 10 ** (-snr_db / 20) * n
