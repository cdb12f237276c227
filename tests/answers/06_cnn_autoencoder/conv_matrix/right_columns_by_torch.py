import torch
from torch.nn import functional


def conv_matrix(w, n, *, stride=1, padding=0):
    impulses = torch.eye(n, dtype=w.dtype).unsqueeze(1)
    return functional.conv1d(impulses, w.reshape(1, 1, -1), stride=stride, padding=padding).squeeze(1).T
