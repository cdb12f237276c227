def output_length(n, *, kernel, stride=1, padding=0, transposed=False):
    if transposed:
        last = (n - 1) * stride  # where the last copy of the kernel starts
        return last + kernel - padding - padding
    return len(range(0, n + 2 * padding - kernel + 1, stride))
