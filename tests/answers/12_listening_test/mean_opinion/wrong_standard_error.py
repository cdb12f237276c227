# Slip: standard error only.
# Names it: standard error
def mean_opinion(votes):
    x, L = votes.mean(1), votes.shape[0]
    return x.mean(0), x.std(0) / L ** 0.5
