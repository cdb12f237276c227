# Slip: normal quantile.
# Names it: Student's t
def mean_opinion(votes):
    x, L = votes.mean(1), votes.shape[0]
    return x.mean(0), 1.96 * x.std(0) / L ** 0.5
