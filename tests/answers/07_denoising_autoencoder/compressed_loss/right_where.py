def compressed_loss(S_hat, S, *, exponent=0.5, smallest=1e-3):
    a = torch.where(S_hat > smallest, S_hat, smallest)
    b = torch.where(smallest < S, S, smallest)
    if exponent == 0:
        return ((a / b).log() ** 2).mean()
    return torch.einsum("i,i->", a.flatten() ** exponent - b.flatten() ** exponent,
                        a.flatten() ** exponent - b.flatten() ** exponent) / a.numel()
