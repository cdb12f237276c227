from torch import nn


class UpBlock(nn.Module):
    def __init__(self, c_in, c_out, *, relu=True):
        super().__init__()
        self.conv = nn.ConvTranspose2d(c_in, c_out, 4, stride=2, padding=1)
        self.relu = relu

    def forward(self, h, size):
        x = self.conv(h)
        x = nn.functional.pad(x, (0, size[1] - x.shape[3], 0, size[0] - x.shape[2]))
        return x.relu() if self.relu else x
