# Slip: Layers without biases.
# Names it: biases are missing


class DenseAutoencoder(nn.Module):
    def __init__(self, sizes, bottleneck, *, linear=False):
        super().__init__()
        down = (*sizes, bottleneck)
        self.encoder = self.chain(down, linear)
        self.decoder = self.chain(down[::-1], linear)

    @staticmethod
    def chain(sizes, linear):
        layers = [nn.Linear(sizes[0], sizes[1], bias=False)]
        for a, b in zip(sizes[1:-1], sizes[2:]):
            if not linear:
                layers.append(nn.ReLU())
            layers.append(nn.Linear(a, b, bias=False))
        return nn.Sequential(*layers)

    def encode(self, x):
        return self.encoder(x)

    def decode(self, z):
        return self.decoder(z)

    def forward(self, x):
        return self.decode(self.encode(x))
