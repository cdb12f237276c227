import torch


def conv_matrix(w, n, *, stride=1, padding=0):
    k = len(w)
    L = (n + 2 * padding - k) // stride + 1
    A = torch.zeros(L, n + 2 * padding).to(w)
    for i in range(L):
        A[i, i * stride:i * stride + k] = w
    return A[:, padding:padding + n]
