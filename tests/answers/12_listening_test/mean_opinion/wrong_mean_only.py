# Slip: no interval.
# Names it: two values
def mean_opinion(votes):
    return votes.mean((0, 1))
