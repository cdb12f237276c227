# Slip: Clamps to 2^b.
# Names it: One cell too many


def quantise(z, *, bits, low, high):
    count = 2 ** bits
    width = (high - low) / count
    index = ((z - low) / width).floor().clamp(0, count)
    return low + (index + 0.5) * width
