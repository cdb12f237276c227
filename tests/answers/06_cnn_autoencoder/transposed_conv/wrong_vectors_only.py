# Slip: multiplies from the left, which is right for a single vector only.
# Names it: leading axes

def transposed_conv(h, w, *, stride=1, padding=0):
    n = (h.shape[-1] - 1) * stride - 2 * padding + len(w)
    return conv_matrix(w, n, stride=stride, padding=padding).T @ h
