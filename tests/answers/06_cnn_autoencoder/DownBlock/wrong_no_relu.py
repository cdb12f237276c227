# Slip: forgets the ReLU.
# Names it: ReLU is missing

from torch import nn


class DownBlock(nn.Module):
    def __init__(self, c_in, c_out, *, relu=True):
        super().__init__()
        self.conv = nn.Conv2d(c_in, c_out, 3, stride=2, padding=1)
        self.relu = relu

    def forward(self, x):
        return self.conv(x)
