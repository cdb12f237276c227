# Slip: The upper end of the cell.
# Names it: upper ends


def quantise(z, *, bits, low, high):
    count = 2 ** bits
    width = (high - low) / count
    index = ((z - low) / width).floor().clamp(0, count - 1)
    return low + (index + 1) * width
