# Slip: counts the padding at the front only.
# Names it: both ends

def conv_matrix(w, n, *, stride=1, padding=0):
    L = (n + padding - len(w)) // stride + 1
    A = torch.zeros(L, n, dtype=w.dtype)
    for i in range(L):
        for j in range(len(w)):
            column = stride * i - padding + j
            if 0 <= column < n:
                A[i, column] = w[j]
    return A
