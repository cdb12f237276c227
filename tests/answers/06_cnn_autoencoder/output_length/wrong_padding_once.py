# Slip: counts the padding at one end only.
# Names it: both ends

def output_length(n, *, kernel, stride=1, padding=0, transposed=False):
    if transposed:
        return (n - 1) * stride - 2 * padding + kernel
    return (n + padding - kernel) // stride + 1
