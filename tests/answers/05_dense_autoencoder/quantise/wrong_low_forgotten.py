# Slip: Forgets low.
# Names it: low has to be subtracted


def quantise(z, *, bits, low, high):
    count = 2 ** bits
    width = (high - low) / count
    index = (z / width).floor().clamp(0, count - 1)
    return (index + 0.5) * width
