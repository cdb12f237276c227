# Slip: one number for all versions.
# Names it: one number for all versions
def mean_opinion(votes):
    return votes.mean(), float(stats.t.ppf(0.975, len(votes) - 1)) * votes.mean((1, 2)).std() / len(votes) ** 0.5
