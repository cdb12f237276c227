def listeners_needed(effect, deviation, power=0.8):
    need = (stats.norm.ppf(0.975) + stats.norm.ppf(power)) * deviation
    listeners = 2
    while listeners ** 0.5 * abs(effect) < need:
        listeners += 1
    return listeners
