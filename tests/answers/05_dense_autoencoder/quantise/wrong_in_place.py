# Slip: Changes z.
# Names it: z after the call


def quantise(z, *, bits, low, high):
    width = (high - low) / 2 ** bits
    z -= low
    z /= width
    return low + (z.floor().clamp(0, 2 ** bits - 1) + 0.5) * width
