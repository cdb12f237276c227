# Slip: Writes 2 ^ bits for the power, as in a formula.
# Names it: in Python the power is


def quantise(z, *, bits, low, high):
    cells = 2 ^ bits
    width = (high - low) / cells
    return low + (((z - low) / width).floor().clamp(0, cells - 1) + 0.5) * width
