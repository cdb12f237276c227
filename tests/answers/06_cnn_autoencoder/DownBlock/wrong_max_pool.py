# Slip: pools instead of a stride.
# Names it: pools after a convolution

from torch import nn


class DownBlock(nn.Module):
    def __init__(self, c_in, c_out, *, relu=True):
        super().__init__()
        self.conv = nn.Conv2d(c_in, c_out, 3, padding=1)
        self.relu = relu

    def forward(self, x):
        x = nn.functional.max_pool2d(self.conv(x), 2, ceil_mode=True)
        return x.relu() if self.relu else x
