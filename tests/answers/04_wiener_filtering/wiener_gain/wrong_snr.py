# Slip: returns the SNR.

def wiener_gain(S_power, N_power):
    return S_power / N_power.clamp_min(1e-20)
