# Slip: divides magnitudes.
# Names it: divides magnitudes

def wiener_gain(S_power, N_power):
    s, n = S_power.sqrt(), N_power.sqrt()
    return s / (s + n).clamp_min(1e-20)
