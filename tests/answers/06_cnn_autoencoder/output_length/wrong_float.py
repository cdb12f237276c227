# Slip: returns a float.
# Names it: expected int

def output_length(n, *, kernel, stride=1, padding=0, transposed=False):
    if transposed:
        return (n - 1) * stride - 2 * padding + kernel
    return float((n + 2 * padding - kernel) // stride + 1)
