# Slip: repeats and convolves: good, but not what was asked.
# Names it: This is a convolution

from torch import nn


class UpBlock(nn.Module):
    def __init__(self, c_in, c_out, *, relu=True):
        super().__init__()
        self.conv = nn.Conv2d(c_in, c_out, 4, padding="same")
        self.relu = relu

    def forward(self, h, size):
        x = self.conv(nn.functional.interpolate(h, scale_factor=2.0))[..., :size[0], :size[1]]
        return x.relu() if self.relu else x
