# Slip: Rounds in place of cutting down.
# Names it: cut it down with floor


def quantise(z, *, bits, low, high):
    count = 2 ** bits
    width = (high - low) / count
    index = ((z - low) / width).round().clamp(0, count - 1)
    return low + (index + 0.5) * width
