# Slip: Divides the range by 2^b - 1.
# Names it: not by 2^b - 1


def quantise(z, *, bits, low, high):
    count = 2 ** bits
    width = (high - low) / (count - 1)
    index = ((z - low) / width).floor().clamp(0, count - 1)
    return low + (index + 0.5) * width
