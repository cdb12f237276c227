# Slip: fills a short sound with zeros.
# Names it: repeat it instead
def random_crop(x, length, *, generator):
    x = torch.nn.functional.pad(x, (0, max(0, length - x.shape[-1])))
    at = int(torch.randint(x.shape[-1] - length + 1, (), generator=generator))
    return x[..., at:at + length]
