# Slip: lets the kernel start again at the front.
# Names it: circular

def conv_matrix(w, n, *, stride=1, padding=0):
    L = n // stride
    A = torch.zeros(L, n, dtype=w.dtype)
    for i in range(L):
        for j in range(len(w)):
            column = (stride * i - padding + j) % n
            A[i, column] = w[j]
    return A
