# Slip: normal approximation.
# Names it: normal approximation
def abx_p_value(right, trials):
    return float(stats.norm.sf((right - trials / 2) / (trials / 4) ** 0.5))
