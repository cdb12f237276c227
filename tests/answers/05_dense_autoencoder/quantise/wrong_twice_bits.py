# Slip: 2 b cells.
# Names it: There are 2 b cells


def quantise(z, *, bits, low, high):
    count = 2 * bits
    width = (high - low) / count
    index = ((z - low) / width).floor().clamp(0, count - 1)
    return low + (index + 0.5) * width
