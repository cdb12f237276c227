# Slip: returns the two ends of the interval.
def mean_opinion(votes):
    x, L = votes.mean(1), votes.shape[0]
    half = float(stats.t.ppf(0.975, L - 1)) * x.std(0) / L ** 0.5
    return x.mean(0) - half, x.mean(0) + half
