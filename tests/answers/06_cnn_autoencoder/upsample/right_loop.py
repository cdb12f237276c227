import torch


def upsample(x, factor, *, mode="nearest"):
    T = x.shape[-1]
    samples = []
    for m in range(factor * T):
        if mode == "nearest":
            samples.append(x[..., m // factor])
            continue
        t = min(max((m + 0.5) / factor - 0.5, 0), T - 1)
        left = int(t)
        right = min(left + 1, T - 1)
        samples.append(x[..., left] + (t - left) * (x[..., right] - x[..., left]))
    return torch.stack(samples, -1)
