import math


def output_length(n, *, kernel, stride=1, padding=0, transposed=False):
    if not transposed:
        return math.floor((n + 2 * padding - kernel) / stride + 1)
    return n * stride - stride + kernel - 2 * padding
