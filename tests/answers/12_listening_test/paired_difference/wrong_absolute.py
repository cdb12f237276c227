# Slip: differences without sign.
# Names it: without their sign
def paired_difference(votes, a, b):
    mean, half = mean_opinion((votes.mean(1, keepdim=True)[..., [a]] - votes.mean(1, keepdim=True)[..., [b]]).abs())
    return float(mean), float(half)
