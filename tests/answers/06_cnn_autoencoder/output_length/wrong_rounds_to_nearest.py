# Slip: rounds to the nearest whole number, and halves to the even one.
# Names it: Use //

def output_length(n, *, kernel, stride=1, padding=0, transposed=False):
    if transposed:
        return (n - 1) * stride - 2 * padding + kernel
    return round((n + 2 * padding - kernel) / stride) + 1
