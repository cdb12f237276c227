import numpy as np
import torch


def extrapolate(x, a, length):
    p = a.shape[-1]
    past, new = x.numpy()[..., ::-1][..., :p].copy(), []
    for _ in range(length):
        value = (past * a.numpy()).sum(-1)
        past = np.concatenate([value[..., None], past[..., :-1]], -1)
        new.append(value)
    return torch.from_numpy(np.stack(new, -1)).to(x.dtype)
