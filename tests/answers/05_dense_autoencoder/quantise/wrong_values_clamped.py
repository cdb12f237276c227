# Slip: Clamps the values and not the cells.


def quantise(z, *, bits, low, high):
    count = 2 ** bits
    width = (high - low) / count
    index = ((z.clamp(low, high) - low) / width).floor()
    return low + (index + 0.5) * width
