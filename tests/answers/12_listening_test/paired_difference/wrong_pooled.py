# Slip: all votes pooled.
# Names it: pooled
def paired_difference(votes, a, b):
    mean, half = mean_opinion((votes[..., a] - votes[..., b]).reshape(-1, 1, 1))
    return float(mean), float(half)
