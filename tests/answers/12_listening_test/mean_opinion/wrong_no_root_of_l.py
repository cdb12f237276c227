# Slip: does not divide by the root of L.
# Names it: square root of the number of listeners is missing
def mean_opinion(votes):
    x, L = votes.mean(1), votes.shape[0]
    return x.mean(0), float(stats.t.ppf(0.975, L - 1)) * x.std(0)
