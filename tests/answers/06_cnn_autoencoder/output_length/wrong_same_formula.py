# Slip: uses the formula of the convolution for both.
# Names it: formula of the convolution

def output_length(n, *, kernel, stride=1, padding=0, transposed=False):
    if transposed:
        return (n + 2 * padding - kernel) // stride + 1
    return (n + 2 * padding - kernel) // stride + 1
