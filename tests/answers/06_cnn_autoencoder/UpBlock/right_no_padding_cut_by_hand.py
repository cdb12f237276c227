from torch import nn


class UpBlock(nn.Module):
    def __init__(self, c_in, c_out, *, relu=True):
        super().__init__()
        self.conv = nn.ConvTranspose2d(c_in, c_out, kernel_size=4, stride=2)
        self.relu = relu

    def forward(self, h, size):
        x = self.conv(h)[:, :, 1:1 + size[0], 1:1 + size[1]]
        return x.clamp_min(0) if self.relu else x
