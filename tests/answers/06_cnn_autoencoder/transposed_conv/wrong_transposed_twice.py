# Slip: multiplies a row with the transpose.
# Names it: do not fit

def transposed_conv(h, w, *, stride=1, padding=0):
    n = (h.shape[-1] - 1) * stride - 2 * padding + len(w)
    return h @ conv_matrix(w, n, stride=stride, padding=padding).T
