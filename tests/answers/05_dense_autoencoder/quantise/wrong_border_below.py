# Slip: A number on the border goes to the lower cell.
# Names it: belongs to the upper cell


def quantise(z, *, bits, low, high):
    count = 2 ** bits
    width = (high - low) / count
    index = (((z - low) / width).ceil() - 1).clamp(0, count - 1)
    return low + (index + 0.5) * width
