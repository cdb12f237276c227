def output_length(n, *, kernel, stride=1, padding=0, transposed=False):
    if transposed:
        length = kernel
        for _ in range(n - 1):
            length += stride
        return length - 2 * padding
    length, start = 0, 0
    while start + kernel <= n + 2 * padding:
        length += 1
        start += stride
    return length
