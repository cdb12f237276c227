# Slip: does not round.
# Names it: part of a listener
def listeners_needed(effect, deviation, power=0.8):
    z = stats.norm.ppf(0.975) + stats.norm.ppf(power)
    return max(2, (z * deviation / effect) ** 2)
