# Slip: takes the ratio of the powers as the gain.
# Names it: ratio of powers

def reuse_phase(S_power, Y):
    return S_power / (Y.abs() ** 2).clamp_min(1e-20) * Y
