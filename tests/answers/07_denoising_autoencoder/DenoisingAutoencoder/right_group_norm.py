from torch import nn
from torch.nn import functional


class DenoisingAutoencoder(nn.Module):
    def __init__(self, channels=(32, 64), code=12):
        super().__init__()
        a, b = channels
        self.enc = nn.Sequential(nn.Conv2d(1, a, (5, 3), (4, 2), (2, 1)), nn.GroupNorm(4, a), nn.ELU(),
                                 nn.Conv2d(a, b, 3, 2, 1), nn.GroupNorm(4, b), nn.ELU(), nn.Conv2d(b, code, 1))
        self.dec = nn.ModuleList([nn.Conv2d(code, b, 3, padding=1), nn.Conv2d(b, 1, 5, padding=2)])

    def encode(self, Y):
        return self.enc(Y.log1p())

    def decode(self, Z):
        first, second = self.dec
        X = functional.elu(first(functional.interpolate(Z, scale_factor=(2.0, 2.0))))
        return functional.softplus(second(functional.interpolate(X, scale_factor=(4.0, 2.0)))).expm1()

    def forward(self, Y):
        return self.decode(self.encode(Y))[:, :, :257, :Y.shape[-1]]
