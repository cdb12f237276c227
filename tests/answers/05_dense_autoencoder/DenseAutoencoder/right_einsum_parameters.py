class DenseAutoencoder(nn.Module):
    def __init__(self, sizes, bottleneck, *, linear=False):
        super().__init__()
        steps = [*pairwise((*sizes, bottleneck)), *pairwise((bottleneck, *sizes[::-1]))]
        self.half, self.linear = len(sizes), linear
        self.W = nn.ParameterList(torch.randn(a, b) / a ** 0.5 for a, b in steps)
        self.b = nn.ParameterList(torch.zeros(b) for _, b in steps)

    def run(self, x, numbers):
        for i in numbers:
            x = torch.einsum("...a,ab->...b", x, self.W[i]) + self.b[i]
            if i != numbers[-1] and not self.linear:
                x = nn.functional.elu(x)
        return x

    def encode(self, x):
        return self.run(x, range(self.half))

    def decode(self, z):
        return self.run(z, range(self.half, 2 * self.half))

    def forward(self, x):
        return self.decode(self.encode(x))
