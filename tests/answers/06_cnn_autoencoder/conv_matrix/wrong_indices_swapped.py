# Slip: swaps row and column when it writes.
# Names it: A[row, column]

def conv_matrix(w, n, *, stride=1, padding=0):
    L = (n + 2 * padding - len(w)) // stride + 1
    A = torch.zeros(L, n, dtype=w.dtype)
    for i in range(L):
        for j in range(len(w)):
            column = stride * i - padding + j
            if 0 <= column < n:
                A[column, i] = w[j]
    return A
