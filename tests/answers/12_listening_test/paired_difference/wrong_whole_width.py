# Slip: whole width.
# Names it: whole width
def paired_difference(votes, a, b):
    mean, half = mean_opinion(votes[..., [a]] - votes[..., [b]])
    return float(mean), 2 * float(half)
