# Slip: whole width.
# Names it: whole width
def mean_opinion(votes):
    x, L = votes.mean(1), votes.shape[0]
    return x.mean(0), 2 * float(stats.t.ppf(0.975, L - 1)) * x.std(0) / L ** 0.5
