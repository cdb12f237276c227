def abx_p_value(right, trials):
    return stats.binom.sf(right - 1, trials, 0.5)
