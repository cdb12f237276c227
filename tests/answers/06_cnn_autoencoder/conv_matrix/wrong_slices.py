# Slip: writes whole kernels into slices, also where they reach beyond the matrix.
# Names it: slice

import torch


def conv_matrix(w, n, *, stride=1, padding=0):
    L = output_length(n, kernel=len(w), stride=stride, padding=padding)
    A = torch.zeros(L, n, dtype=w.dtype)
    for i in range(L):
        start = stride * i - padding
        A[i, start:start + len(w)] = w
    return A
