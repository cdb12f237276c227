def random_crop(x, length, *, generator):
    T = x.shape[-1]
    highest = max(T - length, 0)
    at = torch.randint(highest + 1, (), generator=generator) if length <= T else torch.randint(T, (), generator=generator)
    return x[..., (at + torch.arange(length)) % T]
