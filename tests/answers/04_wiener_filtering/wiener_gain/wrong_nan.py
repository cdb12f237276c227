# Slip: divides 0 by 0.
# Names it: division by 0

def wiener_gain(S_power, N_power):
    return S_power / (S_power + N_power)
