from torch.nn import functional


def multi_scale(x, scales):
    return [x] + [functional.avg_pool1d(x, 2 ** k) for k in range(1, scales)]
