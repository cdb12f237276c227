from torch import nn


class ConvAutoencoder(nn.Module):
    def __init__(self, channels=(1, 16, 32, 4)):
        super().__init__()
        m = len(channels) - 1
        self.encode = nn.Sequential(*[DownBlock(channels[i], channels[i + 1], relu=i != m - 1) for i in range(m)])
        self.blocks = nn.ModuleList(UpBlock(channels[i + 1], channels[i], relu=i != 0) for i in range(m - 1, -1, -1))

    def decode(self, z, size):
        F, K = size
        m = len(self.blocks)
        for i, block in enumerate(self.blocks):
            part = 2 ** (m - 1 - i)
            z = block(z, (-(-F // part), -(-K // part)))
        return z

    def forward(self, x):
        F, K = x.shape[2], x.shape[3]
        return self.decode(self.encode(x), (F, K))
