import itertools

import torch
from torch import nn


class ConvAutoencoder(nn.Module):
    def __init__(self, channels=(1, 16, 32, 4)):
        super().__init__()
        pairs = list(itertools.pairwise(channels))
        self.decoder = nn.ModuleList([nn.ConvTranspose2d(b, a, 4, 2, 1) for a, b in pairs])
        self.encoder = nn.ModuleList([nn.Conv2d(a, b, 3, 2, 1) for a, b in pairs])

    def encode(self, x):
        for k, layer in enumerate(self.encoder):
            x = layer(x if k == 0 else torch.relu(x))
        return x

    def decode(self, z, size):
        for k in range(len(self.decoder) - 1, -1, -1):
            z = self.decoder[k](z)
            for axis in (0, 1):
                n = size[axis]
                for _ in range(k):
                    n = output_length(n, kernel=3, stride=2, padding=1)
                z = z.narrow(2 + axis, 0, n)
            z = z.relu() if k else z
        return z

    def forward(self, x):
        return self.decode(self.encode(x), tuple(x.shape[-2:]))
