class DenseAutoencoder(nn.Module):
    def __init__(self, sizes, bottleneck, *, linear=False):
        super().__init__()
        encoder, decoder = [], []
        widths = (*sizes, bottleneck)
        for k in range(len(widths) - 1):
            encoder.append(nn.Linear(widths[k], widths[k + 1]))
            if not linear:
                encoder.append(nn.GELU())
            if k > 0 and not linear:
                decoder.insert(0, nn.GELU())
            decoder.insert(0, nn.Linear(widths[k + 1], widths[k]))
        if not linear:
            encoder.pop()
        self.encode = nn.Sequential(*encoder)
        self.decode = nn.Sequential(*decoder)

    def forward(self, x):
        z = self.encode(x)
        return self.decode(z)
