import numpy as np


def listeners_needed(effect, deviation, power=0.8):
    quantiles = stats.norm.ppf([0.975, power])
    return np.maximum(2, np.ceil(quantiles.sum() ** 2 * deviation ** 2 / effect ** 2)).astype(int)
