# Slip: no interval.
# Names it: two values
def paired_difference(votes, a, b):
    return float((votes[..., a] - votes[..., b]).mean())
