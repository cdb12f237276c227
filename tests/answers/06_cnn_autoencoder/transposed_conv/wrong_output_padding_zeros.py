# Slip: appends zeros as output padding.
# Names it: a copy of the kernel reaches it

import torch


def transposed_conv(h, w, *, stride=1, padding=0, output_padding=0):
    n = output_length(h.shape[-1], kernel=len(w), stride=stride, padding=padding, transposed=True)
    x = h @ conv_matrix(w, n, stride=stride, padding=padding)
    return torch.cat([x, torch.zeros(*x.shape[:-1], output_padding)], -1)
