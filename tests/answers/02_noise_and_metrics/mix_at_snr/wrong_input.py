# Slip: returns the speech as it is.
# Names it: speech alone
def mix_at_snr(s, n, snr_db):
    return s
