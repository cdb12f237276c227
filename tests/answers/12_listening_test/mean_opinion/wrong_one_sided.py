# Slip: quantile 0.95.
# Names it: one-sided
def mean_opinion(votes):
    x, L = votes.mean(1), votes.shape[0]
    return x.mean(0), float(stats.t.ppf(0.95, L - 1)) * x.std(0) / L ** 0.5
