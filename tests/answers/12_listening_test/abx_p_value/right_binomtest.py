def abx_p_value(right, trials):
    return stats.binomtest(right, trials, 0.5, alternative="greater").pvalue
