# Slip: as if other listeners had rated each.
# Names it: other listeners
def paired_difference(votes, a, b):
    mos, half = mean_opinion(votes)
    return float(mos[a] - mos[b]), float((half[a] ** 2 + half[b] ** 2) ** 0.5)
