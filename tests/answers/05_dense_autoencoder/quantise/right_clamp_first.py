def quantise(z, *, bits, low, high):
    count = 1 << bits
    width = (high - low) / count
    u = (z - low) / width
    index = torch.clamp(u.long() - (u < 0).long(), min=0, max=count - 1)
    return low + width / 2 + index * width
