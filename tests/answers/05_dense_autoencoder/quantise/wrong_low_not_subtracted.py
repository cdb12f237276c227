# Slip: Adds low without having subtracted it.
# Names it: not subtracted before


def quantise(z, *, bits, low, high):
    count = 2 ** bits
    width = (high - low) / count
    index = (z / width).floor().clamp(0, count - 1)
    return low + (index + 0.5) * width
