# Slip: divides by L.
# Names it: not by the number
def mean_opinion(votes):
    x, L = votes.mean(1), votes.shape[0]
    return x.mean(0), float(stats.t.ppf(0.975, L - 1)) * x.std(0) / L
