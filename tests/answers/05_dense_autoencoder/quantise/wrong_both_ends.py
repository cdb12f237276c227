# Slip: Levels from low to high with both ends.
# Names it: both ends


def quantise(z, *, bits, low, high):
    count = 2 ** bits
    width = (high - low) / (count - 1)
    index = ((z - low) / width).round().clamp(0, count - 1)
    return low + index * width
