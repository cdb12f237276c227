# Slip: counts n steps between n numbers.
# Names it: n - 1 steps

def output_length(n, *, kernel, stride=1, padding=0, transposed=False):
    if transposed:
        return n * stride - 2 * padding + kernel
    return (n + 2 * padding - kernel) // stride + 1
