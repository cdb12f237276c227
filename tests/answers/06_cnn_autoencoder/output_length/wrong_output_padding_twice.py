# Slip: adds the output padding at both ends.
# Names it: add it once

def output_length(n, *, kernel, stride=1, padding=0, output_padding=0, transposed=False):
    if transposed:
        return (n - 1) * stride - 2 * padding + kernel + 2 * output_padding
    return (n + 2 * padding - kernel) // stride + 1
