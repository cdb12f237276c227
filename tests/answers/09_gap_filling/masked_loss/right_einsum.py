import math

import torch


def masked_loss(s_hat, s, mask):
    e = s_hat - s
    error = torch.einsum("bct,bct,bct->b", e, e, mask)
    power = torch.einsum("bct,bct,bct->b", s, s, mask)
    ratio = error / power.clamp(min=1e-8)
    return torch.log(ratio + 0.01).mean() / math.log(10)
