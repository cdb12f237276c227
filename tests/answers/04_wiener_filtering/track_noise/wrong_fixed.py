# Slip: returns the first estimate for all frames.
# Names it: first estimate for all frames



def track_noise(P, *, a=0.9, xi_db=10.0):
    return quiet_psd(P).expand_as(P)
