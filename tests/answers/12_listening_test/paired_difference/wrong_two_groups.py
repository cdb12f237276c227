# Slip: an interval for two groups.
# Names it: two groups
def paired_difference(votes, a, b):
    x, y = votes.mean(1)[:, a], votes.mean(1)[:, b]
    error = ((x.var() + y.var()) / len(x)) ** 0.5
    return float(x.mean() - y.mean()), float(stats.t.ppf(0.975, 2 * len(x) - 2) * error)
