# Slip: standard deviation only.
# Names it: standard deviation, not
def mean_opinion(votes):
    x, L = votes.mean(1), votes.shape[0]
    return x.mean(0), x.std(0)
