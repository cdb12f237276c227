import torch


def join_skip(u, skip):
    for axis in (-2, -1):
        wanted = skip.shape[axis]
        u = u.narrow(axis, 0, min(wanted, u.shape[axis]))
        if u.shape[axis] < wanted:
            shape = list(u.shape)
            shape[axis] = wanted - u.shape[axis]
            u = torch.cat([u, u.new_zeros(shape)], axis)
    return torch.hstack([u, skip])
