# Slip: all votes are pooled, quantile 1.96.
def mean_opinion(votes):
    x = votes.reshape(-1, votes.shape[-1])
    return x.mean(0), 1.96 * x.std(0) / len(x) ** 0.5
