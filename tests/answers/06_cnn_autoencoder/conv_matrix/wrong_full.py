# Slip: makes a row for every partial position too.
# Names it: partial

def conv_matrix(w, n, *, stride=1, padding=0):
    L = n + len(w) - 1
    A = torch.zeros(L, n, dtype=w.dtype)
    for i in range(L):
        for j in range(len(w)):
            column = i - len(w) + 1 + j
            if 0 <= column < n:
                A[i, column] = w[j]
    return A
