import torch
from torch import nn
from torch.nn import functional


class DownBlock(nn.Module):
    def __init__(self, c_in, c_out, *, relu=True):
        super().__init__()
        self.bias = nn.Parameter(torch.zeros(c_out))
        self.kernel = nn.Parameter(torch.randn(c_out, c_in, 3, 3) / (3 * c_in ** 0.5))
        self.activation = torch.relu if relu else nn.Identity()

    def forward(self, x):
        return self.activation(functional.conv2d(x, self.kernel, self.bias, stride=2, padding=1))
