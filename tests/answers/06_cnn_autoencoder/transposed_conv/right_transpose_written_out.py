def transposed_conv(h, w, *, stride=1, padding=0):
    n = output_length(h.shape[-1], kernel=len(w), stride=stride, padding=padding, transposed=True)
    A = conv_matrix(w, n, stride=stride, padding=padding)
    return (A.T @ h.unsqueeze(-1)).squeeze(-1)
