# Slip: normal approximation with continuity correction.
# Names it: normal approximation
def abx_p_value(right, trials):
    return float(stats.norm.sf((right - 0.5 - trials / 2) / (trials / 4) ** 0.5))
