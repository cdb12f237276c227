# Slip: takes one off the kernel, as in the formula with dilation.
# Names it: kernel counts in full

def output_length(n, *, kernel, stride=1, padding=0, transposed=False):
    if transposed:
        return (n - 1) * stride - 2 * padding + kernel - 1
    return (n + 2 * padding - kernel) // stride + 1
