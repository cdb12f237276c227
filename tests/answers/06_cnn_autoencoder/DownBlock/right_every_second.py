from torch import nn


class DownBlock(nn.Module):
    def __init__(self, c_in, c_out, *, relu=True):
        super().__init__()
        self.conv = nn.Conv2d(c_in, c_out, (3, 3), padding=(1, 1))
        self.relu = relu

    def forward(self, x):
        x = self.conv(x)[:, :, ::2, ::2]
        return nn.functional.relu(x) if self.relu else x
