# Slip: b minus a.
# Names it: b minus a
def paired_difference(votes, a, b):
    mean, half = mean_opinion(votes[..., [b]] - votes[..., [a]])
    return float(mean), float(half)
