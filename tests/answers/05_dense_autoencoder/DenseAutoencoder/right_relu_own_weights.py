class DenseAutoencoder(nn.Module):
    def __init__(self, sizes, bottleneck, *, linear=False):
        super().__init__()
        self.names = []
        s = [*sizes, bottleneck, *reversed(sizes)]
        for i, (a, b) in enumerate(zip(s[:-1], s[1:])):
            self.add_module(f"layer{i}", nn.Linear(a, b))
        self.middle, self.count = len(sizes), len(s) - 1
        self.bend = nn.Identity() if linear else nn.ReLU()

    def part(self, x, start, stop):
        for i in range(start, stop):
            x = getattr(self, f"layer{i}")(x)
            if i != stop - 1:
                x = self.bend(x)
        return x

    def encode(self, x):
        return self.part(x, 0, self.middle)

    def decode(self, z):
        return self.part(z, self.middle, self.count)

    def forward(self, x):
        return self.decode(self.encode(x))
