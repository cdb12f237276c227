# Slip: adds a normalisation.
# Names it: no others

from torch import nn


class DownBlock(nn.Module):
    def __init__(self, c_in, c_out, *, relu=True):
        super().__init__()
        self.conv = nn.Sequential(nn.Conv2d(c_in, c_out, 3, stride=2, padding=1), nn.BatchNorm2d(c_out))
        self.relu = relu

    def forward(self, x):
        x = self.conv(x)
        return x.relu() if self.relu else x
