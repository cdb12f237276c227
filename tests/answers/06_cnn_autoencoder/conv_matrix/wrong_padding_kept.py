# Slip: keeps the columns of the padding.
# Names it: still there

def conv_matrix(w, n, *, stride=1, padding=0):
    L = (n + 2 * padding - len(w)) // stride + 1
    A = torch.zeros(L, n + 2 * padding, dtype=w.dtype)
    for i in range(L):
        for j in range(len(w)):
            column = stride * i + j
            A[i, column] = w[j]
    return A
