# Slip: takes the stride for a dilation.
# Names it: dilation

def conv_matrix(w, n, *, stride=1, padding=0):
    L = n + 2 * padding - stride * (len(w) - 1)
    A = torch.zeros(L, n, dtype=w.dtype)
    for i in range(L):
        for j in range(len(w)):
            column = i - padding + j * stride
            if 0 <= column < n:
                A[i, column] = w[j]
    return A
