from torch import nn


class UpBlock(nn.Module):
    def __init__(self, c_in, c_out, *, relu=True):
        super().__init__()
        self.conv = nn.ConvTranspose2d(c_in, c_out, 4, stride=2, padding=1)
        self.relu = relu

    def forward(self, h, size):
        x = self.conv(h)
        if self.relu:
            x = nn.functional.relu(x)
        F, K = size
        return x[:, :, :F, :K]
