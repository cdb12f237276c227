# Slip: Rounds the values to the borders.
# Names it: rounded to the nearest border


def quantise(z, *, bits, low, high):
    count = 2 ** bits
    width = (high - low) / count
    return low + ((z - low) / width).round().clamp(0, count - 1) * width
