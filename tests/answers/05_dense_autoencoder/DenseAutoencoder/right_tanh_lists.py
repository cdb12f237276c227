class DenseAutoencoder(nn.Module):
    def __init__(self, sizes, bottleneck, *, linear=False):
        super().__init__()
        all_sizes = list(sizes) + [bottleneck]
        self.down = nn.ModuleList([nn.Linear(all_sizes[i], all_sizes[i + 1]) for i in range(len(sizes))])
        self.up = nn.ModuleList([nn.Linear(all_sizes[i + 1], all_sizes[i]) for i in reversed(range(len(sizes)))])
        self.linear = linear

    def run(self, layers, x):
        for i, layer in enumerate(layers):
            x = layer(x)
            if i < len(layers) - 1 and not self.linear:
                x = torch.tanh(x)
        return x

    def encode(self, x):
        return self.run(self.down, x)

    def decode(self, z):
        return self.run(self.up, z)

    def forward(self, x):
        return self.run(self.up, self.run(self.down, x))
