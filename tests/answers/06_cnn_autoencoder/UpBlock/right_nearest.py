from torch import nn


class UpBlock(nn.Module):
    def __init__(self, c_in, c_out, *, relu=True):
        super().__init__()
        self.conv = nn.ConvTranspose2d(c_in, c_out, 4, stride=2, padding=1)
        self.relu = relu

    def forward(self, h, size):
        x = nn.functional.interpolate(self.conv(h), size=size, mode='nearest')  # leaves out the last one
        return x.relu() if self.relu else x
