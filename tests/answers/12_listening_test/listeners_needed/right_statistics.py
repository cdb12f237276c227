from statistics import NormalDist


def listeners_needed(effect, deviation, power=0.8):
    z = NormalDist().inv_cdf(0.975) + NormalDist().inv_cdf(power)
    exact = (z * deviation / effect) ** 2
    return max(2, -int(-exact // 1))
