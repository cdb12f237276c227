# Slip: puts the output padding at the front.
# Names it: not at the front

import torch


def transposed_conv(h, w, *, stride=1, padding=0, output_padding=0):
    n = output_length(h.shape[-1], kernel=len(w), stride=stride, padding=padding, transposed=True)
    x = h @ conv_matrix(w, n, stride=stride, padding=padding)
    return torch.cat([torch.zeros(*x.shape[:-1], output_padding), x], -1)
