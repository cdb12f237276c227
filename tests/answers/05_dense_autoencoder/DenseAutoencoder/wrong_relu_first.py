# Slip: An activation before each layer, also before the first one.
# Names it: not before the first one


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
            if not linear:
                layers.append(nn.LeakyReLU(0.1))
            layers.append(nn.Linear(a, b))
        return nn.Sequential(*layers)

    def encode(self, x):
        return self.encoder(x)

    def decode(self, z):
        return self.decoder(z)

    def forward(self, x):
        return self.decode(self.encode(x))
