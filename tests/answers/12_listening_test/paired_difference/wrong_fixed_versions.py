# Slip: always the first two versions.
def paired_difference(votes, a, b):
    mean, half = mean_opinion(votes[..., [0]] - votes[..., [1]])
    return float(mean), float(half)
