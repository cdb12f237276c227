# Slip: makes the matrix of the convolution that has h as its input.
# Names it: longer signal

def transposed_conv(h, w, *, stride=1, padding=0):
    return h @ conv_matrix(w, h.shape[-1], stride=stride, padding=padding)
