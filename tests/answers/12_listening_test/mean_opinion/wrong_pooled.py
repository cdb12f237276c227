# Slip: all votes are pooled.
# Names it: pooled
def mean_opinion(votes):
    x = votes.reshape(-1, votes.shape[-1])
    return x.mean(0), float(stats.t.ppf(0.975, len(x) - 1)) * x.std(0) / len(x) ** 0.5
