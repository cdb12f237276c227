# Slip: The lower end of the cell.
# Names it: add half a cell


def quantise(z, *, bits, low, high):
    count = 2 ** bits
    width = (high - low) / count
    index = ((z - low) / width).floor().clamp(0, count - 1)
    return low + index * width
