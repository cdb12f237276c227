# Slip: As many cells as bits.
# Names it: b bits give 2^b cells


def quantise(z, *, bits, low, high):
    count = bits
    width = (high - low) / count
    index = ((z - low) / width).floor().clamp(0, count - 1)
    return low + (index + 0.5) * width
