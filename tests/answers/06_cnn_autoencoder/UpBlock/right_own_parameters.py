import torch
from torch import nn
from torch.nn import functional


class UpBlock(nn.Module):
    def __init__(self, c_in, c_out, *, relu=True):
        super().__init__()
        self.bias = nn.Parameter(torch.zeros(c_out))
        self.kernel = nn.Parameter(torch.randn(c_in, c_out, 4, 4) / (2 * c_in ** 0.5))
        self.activation = nn.ReLU() if relu else nn.Identity()

    def forward(self, h, size):
        x = functional.conv_transpose2d(h, self.kernel, self.bias, stride=2, padding=1)
        return self.activation(x.narrow(2, 0, size[0]).narrow(3, 0, size[1]))
