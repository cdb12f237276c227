def compressed_loss(S_hat, S, *, exponent=0.5, smallest=1e-3):
    low = torch.full_like(S, smallest)
    a, b = torch.maximum(S_hat, low), torch.maximum(S, low)
    difference = torch.log(a / b) if exponent == 0 else torch.exp(exponent * a.log()) - torch.exp(exponent * b.log())
    return (difference ** 2).sum() / S.numel()
