def mean_opinion(votes):
    L, C, M = votes.shape
    x = votes.sum(1) / C
    centre = x.sum(0) / L
    deviation = ((x - centre).pow(2).sum(0) / (L - 1)).sqrt()
    return [centre, -float(stats.t.ppf(0.025, df=L - 1)) * deviation / L ** 0.5]
