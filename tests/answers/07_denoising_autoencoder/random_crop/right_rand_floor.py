def random_crop(x, length, *, generator):
    T = x.shape[-1]
    if length > T:
        x = x.repeat(*[1] * (x.ndim - 1), length // T + 1)
    room = x.shape[-1] - length
    at = min(room, int((room + 1) * torch.rand(1, generator=generator).item()))
    return x[..., at:at + length]
