# Slip: returns the noise's share.
# Names it: noise's share

def wiener_gain(S_power, N_power):
    return N_power / (S_power + N_power).clamp_min(1e-20)
