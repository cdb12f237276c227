# Slip: L degrees of freedom.
# Names it: degrees of freedom
def mean_opinion(votes):
    x, L = votes.mean(1), votes.shape[0]
    return x.mean(0), float(stats.t.ppf(0.975, L)) * x.std(0) / L ** 0.5
