# Slip: has no bias.
# Names it: bias is missing

from torch import nn


class DownBlock(nn.Module):
    def __init__(self, c_in, c_out, *, relu=True):
        super().__init__()
        self.conv = nn.Conv2d(c_in, c_out, 3, stride=2, padding=1, bias=False)
        self.relu = relu

    def forward(self, x):
        x = self.conv(x)
        return x.relu() if self.relu else x
