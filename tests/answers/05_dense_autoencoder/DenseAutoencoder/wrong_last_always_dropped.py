# Slip: Drops the last layer also where it is no activation function.
# Names it: was an nn.Linear dropped


class DenseAutoencoder(nn.Module):
    def __init__(self, sizes, bottleneck, *, linear=False):
        super().__init__()
        down = (*sizes, bottleneck)
        self.encoder = self.chain(down, linear)
        self.decoder = self.chain(down[::-1], linear)

    @staticmethod
    def chain(sizes, linear):
        layers = []
        for a, b in zip(sizes[:-1], sizes[1:]):
            layers.append(nn.Linear(a, b))
            if not linear:
                layers.append(nn.ReLU())
        return nn.Sequential(*layers[:-1])

    def encode(self, x):
        return self.encoder(x)

    def decode(self, z):
        return self.decoder(z)

    def forward(self, x):
        return self.decode(self.encode(x))
