# Slip: has a leaky ReLU.

from torch import nn


class DownBlock(nn.Module):
    def __init__(self, c_in, c_out, *, relu=True):
        super().__init__()
        self.conv = nn.Conv2d(c_in, c_out, 3, stride=2, padding=1)
        self.relu = relu

    def forward(self, x):
        x = self.conv(x)
        return nn.functional.leaky_relu(x) if self.relu else x
