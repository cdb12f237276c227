# Slip: takes listeners for clips.
def mean_opinion(votes):
    x = votes.mean(0)
    return x.mean(0), float(stats.t.ppf(0.975, len(x) - 1)) * x.std(0) / len(x) ** 0.5
