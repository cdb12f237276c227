def reuse_phase(S_power, Y):
    return S_power ** 0.5 * Y / (Y.abs() + 1e-10)
