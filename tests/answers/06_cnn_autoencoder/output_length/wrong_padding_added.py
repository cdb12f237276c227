# Slip: adds the padding of a transposed convolution.
# Names it: subtract it

def output_length(n, *, kernel, stride=1, padding=0, transposed=False):
    if transposed:
        return (n - 1) * stride + 2 * padding + kernel
    return (n + 2 * padding - kernel) // stride + 1
