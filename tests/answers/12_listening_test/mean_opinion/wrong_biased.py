# Slip: standard deviation with L.
# Names it: not by L - 1
def mean_opinion(votes):
    x, L = votes.mean(1), votes.shape[0]
    return x.mean(0), float(stats.t.ppf(0.975, L - 1)) * x.std(0, unbiased=False) / L ** 0.5
