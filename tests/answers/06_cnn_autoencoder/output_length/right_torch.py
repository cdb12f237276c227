import torch


def output_length(n, *, kernel, stride=1, padding=0, transposed=False):
    x, w = torch.zeros(1, 1, n), torch.zeros(1, 1, kernel)
    if transposed:
        return torch.nn.functional.conv_transpose1d(x, w, stride=stride, padding=padding).shape[-1]
    return torch.nn.functional.conv1d(x, w, stride=stride, padding=padding).shape[-1]
