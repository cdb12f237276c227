# Slip: The layers are in a plain list, so that the model has no parameters.
# Names it: in a plain list


class DenseAutoencoder(nn.Module):
    def __init__(self, sizes, bottleneck, *, linear=False):
        super().__init__()
        s = (*sizes, bottleneck)
        self.down = [nn.Linear(a, b) for a, b in zip(s[:-1], s[1:])]
        self.up = [nn.Linear(a, b) for a, b in zip(s[:0:-1], s[-2::-1])]
        self.linear = linear

    def run(self, layers, x):
        for k, layer in enumerate(layers):
            x = layer(x)
            if k < len(layers) - 1 and not self.linear:
                x = torch.relu(x)
        return x

    def encode(self, x):
        return self.run(self.down, x)

    def decode(self, z):
        return self.run(self.up, z)

    def forward(self, x):
        return self.decode(self.encode(x))
