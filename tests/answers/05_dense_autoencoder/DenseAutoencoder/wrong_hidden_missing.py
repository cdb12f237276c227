# Slip: The hidden layers are left out.
# Names it: is a layer missing


class DenseAutoencoder(nn.Module):
    def __init__(self, sizes, bottleneck, *, linear=False):
        super().__init__()
        self.encode = nn.Linear(sizes[0], bottleneck)
        self.decode = nn.Linear(bottleneck, sizes[0])

    def forward(self, x):
        return self.decode(self.encode(x))
