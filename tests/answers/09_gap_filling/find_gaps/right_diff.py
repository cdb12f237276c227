from torch.nn import functional


def find_gaps(y, *, shortest=80):
    silent = functional.pad((y == 0).int(), (1, 1))  # (T + 2,)
    edges = silent.diff().nonzero()[:, 0].tolist()
    pairs = zip(edges[::2], edges[1::2], strict=True)
    return [(a, b - a) for a, b in pairs if a > 0 and b < len(y) and b - a >= shortest]
