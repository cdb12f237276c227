# Slip: Values outside have cells of their own.
# Names it: clamp the number of the cell


def quantise(z, *, bits, low, high):
    count = 2 ** bits
    width = (high - low) / count
    index = ((z - low) / width).floor()
    return low + (index + 0.5) * width
