# Slip: adds the noise as it is.
# Names it: no gain yet
def mix_at_snr(s, n, snr_db):
    return s + n
