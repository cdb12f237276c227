# Slip: difference of two intervals.
# Names it: difference of two intervals
def paired_difference(votes, a, b):
    mos, half = mean_opinion(votes)
    return float(mos[a] - mos[b]), float(half[a] - half[b])
