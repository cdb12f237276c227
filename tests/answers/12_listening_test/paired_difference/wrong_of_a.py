# Slip: interval of a.
# Names it: of a alone
def paired_difference(votes, a, b):
    mos, half = mean_opinion(votes)
    return float(mos[a] - mos[b]), float(half[a])
