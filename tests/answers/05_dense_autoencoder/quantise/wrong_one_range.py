# Slip: Takes one range for all numbers of a code.


def quantise(z, *, bits, low, high):
    count = 2 ** bits
    width = float(torch.as_tensor(high).max() - torch.as_tensor(low).min()) / count
    index = ((z - torch.as_tensor(low).min()) / width).floor().clamp(0, count - 1)
    return torch.as_tensor(low).min() + (index + 0.5) * width
