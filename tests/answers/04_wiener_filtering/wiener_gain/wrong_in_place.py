# Slip: writes into its input.
# Names it: after the call

def wiener_gain(S_power, N_power):
    N_power += S_power
    return S_power / N_power.clamp_min(1e-20)
