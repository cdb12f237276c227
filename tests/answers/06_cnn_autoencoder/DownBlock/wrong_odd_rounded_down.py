# Slip: cuts odd sizes to even ones first.
# Names it: rounded up

from torch import nn


class DownBlock(nn.Module):
    def __init__(self, c_in, c_out, *, relu=True):
        super().__init__()
        self.conv = nn.Conv2d(c_in, c_out, 3, stride=2, padding=1)
        self.relu = relu

    def forward(self, x):
        x = self.conv(x[:, :, :x.shape[2] // 2 * 2, :x.shape[3] // 2 * 2])
        return x.relu() if self.relu else x
