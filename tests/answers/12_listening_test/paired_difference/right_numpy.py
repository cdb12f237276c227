def paired_difference(votes, a, b):
    d = (votes[:, :, a] - votes[:, :, b]).numpy().mean(axis=1)
    return d.mean(), stats.t.ppf(0.975, len(d) - 1) * d.std(ddof=1) / len(d) ** 0.5
