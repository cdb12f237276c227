# Slip: squares powers once more.
# Names it: powers already

def wiener_gain(S_power, N_power):
    return S_power ** 2 / (S_power ** 2 + N_power ** 2).clamp_min(1e-20)
