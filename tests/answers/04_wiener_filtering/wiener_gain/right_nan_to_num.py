def wiener_gain(S_power, N_power):
    return (S_power / (S_power + N_power)).nan_to_num(0.0)
