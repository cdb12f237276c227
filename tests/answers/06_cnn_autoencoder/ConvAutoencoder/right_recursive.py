from torch import nn


class ConvAutoencoder(nn.Module):
    def __init__(self, channels=(1, 16, 32, 4)):
        super().__init__()
        for i in range(len(channels) - 1):
            setattr(self, f"up{i}", UpBlock(channels[i + 1], channels[i], relu=i > 0))
            setattr(self, f"down{i}", DownBlock(channels[i], channels[i + 1], relu=i + 2 < len(channels)))
        self.depth = len(channels) - 1

    def encode(self, x):
        for i in range(self.depth):
            x = getattr(self, f"down{i}")(x)
        return x

    def decode(self, z, size, level=0):
        if level + 1 < self.depth:
            z = self.decode(z, [(n + 1) // 2 for n in size], level + 1)
        return getattr(self, f"up{level}")(z, size)

    def forward(self, x):
        return self.decode(self.encode(x), list(x.shape[-2:]))
