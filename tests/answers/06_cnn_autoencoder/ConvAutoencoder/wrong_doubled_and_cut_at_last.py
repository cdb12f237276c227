# Slip: doubles the sizes and cuts only the picture.
# Names it: Only the picture is cut

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
        for block in self.up:
            z = block(z, (2 * z.shape[-2], 2 * z.shape[-1]))
        return z[..., :size[0], :size[1]]

    def forward(self, x):
        return self.decode(self.encode(x), x.shape[-2:])
