# Slip: makes a new layer in each call.
# Names it: made in __init__

from torch import nn


class DownBlock(nn.Module):
    def __init__(self, c_in, c_out, *, relu=True):
        super().__init__()
        self.c_in, self.c_out, self.relu = c_in, c_out, relu

    def forward(self, x):
        x = nn.Conv2d(self.c_in, self.c_out, 3, stride=2, padding=1)(x)
        return x.relu() if self.relu else x
