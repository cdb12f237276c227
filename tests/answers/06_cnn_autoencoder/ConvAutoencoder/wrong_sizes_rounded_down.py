# Slip: rounds the sizes on the way down.
# Names it: rounded up

import itertools

from torch import nn


class ConvAutoencoder(nn.Module):
    def __init__(self, channels=(1, 16, 32, 4)):
        super().__init__()
        pairs = list(itertools.pairwise(channels))
        last = len(pairs) - 1
        self.down = nn.ModuleList([DownBlock(a, b, relu=k < last) for k, (a, b) in enumerate(pairs)])
        self.up = nn.ModuleList([UpBlock(b, a, relu=k < last) for k, (a, b) in enumerate(reversed(pairs))])

    def encode(self, x):
        for block in self.down:
            x = block(x)
        return x

    def decode(self, z, size):
        sizes = [tuple(size)]
        for _ in self.up[1:]:
            sizes.append(tuple(n // 2 for n in sizes[-1]))
        for block, now in zip(self.up, reversed(sizes), strict=False):
            z = block(z, now)
        return z

    def forward(self, x):
        return self.decode(self.encode(x), x.shape[-2:])
