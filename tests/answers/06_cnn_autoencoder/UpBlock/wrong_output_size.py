# Slip: asks PyTorch for the size, which can only be 2 L or one more.
# Names it: output_size

from torch import nn


class UpBlock(nn.Module):
    def __init__(self, c_in, c_out, *, relu=True):
        super().__init__()
        self.conv = nn.ConvTranspose2d(c_in, c_out, 4, stride=2, padding=1)
        self.relu = relu

    def forward(self, h, size):
        x = self.conv(h, output_size=size)
        return x.relu() if self.relu else x
