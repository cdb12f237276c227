# Slip: interval first.
# Names it: return mos first
def mean_opinion(votes):
    x, L = votes.mean(1), votes.shape[0]
    return float(stats.t.ppf(0.975, L - 1)) * x.std(0) / L ** 0.5, x.mean(0)
