# Slip: ignores the padding of the convolution.
# Names it: padding is not used

def output_length(n, *, kernel, stride=1, padding=0, transposed=False):
    if transposed:
        return (n - 1) * stride - 2 * padding + kernel
    return (n - kernel) // stride + 1
