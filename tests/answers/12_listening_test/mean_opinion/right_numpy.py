import numpy as np


def mean_opinion(votes):
    x = votes.numpy().mean(axis=1)
    return x.mean(axis=0), stats.t.ppf(0.975, len(x) - 1) * stats.sem(x, axis=0) * np.ones(x.shape[1])
