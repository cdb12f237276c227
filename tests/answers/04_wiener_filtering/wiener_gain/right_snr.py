def wiener_gain(S_power, N_power):
    xi = S_power / N_power.clamp_min(1e-30)
    return 1 - 1 / (1 + xi)
