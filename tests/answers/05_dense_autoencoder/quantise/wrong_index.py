# Slip: Returns the number of the cell.
# Names it: numbers of the cells


def quantise(z, *, bits, low, high):
    count = 2 ** bits
    width = (high - low) / count
    index = ((z - low) / width).floor().clamp(0, count - 1)
    return index
