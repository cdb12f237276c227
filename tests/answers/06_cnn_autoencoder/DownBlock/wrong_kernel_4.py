# Slip: takes a kernel of 4 x 4.
# Names it: 3 x 3

from torch import nn


class DownBlock(nn.Module):
    def __init__(self, c_in, c_out, *, relu=True):
        super().__init__()
        self.conv = nn.Conv2d(c_in, c_out, 4, stride=2, padding=1)
        self.relu = relu

    def forward(self, x):
        x = self.conv(x)
        return x.relu() if self.relu else x
