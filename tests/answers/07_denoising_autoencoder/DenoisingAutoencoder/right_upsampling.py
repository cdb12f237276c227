from torch import nn
from torch.nn import functional


class DenoisingAutoencoder(nn.Module):
    def __init__(self, channels=(24, 48), code=12):
        super().__init__()
        a, b = channels
        self.first, self.second = nn.Conv2d(1, a, 5, padding=2), nn.Conv2d(a, b, 3, padding=1)
        self.to_code, self.from_code = nn.Conv2d(b, code, 1), nn.Conv2d(code, b, 1)
        self.third, self.fourth = nn.Conv2d(b, a, 3, padding=1), nn.Conv2d(a, 1, 5, padding=2)

    def encode(self, Y):
        X = functional.pad((Y + 1e-3).log1p(), (0, -Y.shape[-1] % 4, 0, 7))
        X = functional.max_pool2d(functional.leaky_relu(self.first(X)), (4, 2))
        X = functional.max_pool2d(functional.leaky_relu(self.second(X)), (2, 2))
        return self.to_code(X)

    def decode(self, Z):
        X = functional.leaky_relu(self.from_code(Z))
        X = functional.leaky_relu(self.third(functional.interpolate(X, scale_factor=(2.0, 2.0))))
        X = self.fourth(functional.interpolate(X, scale_factor=(4.0, 2.0)))
        return functional.softplus(X[..., :257, :]).expm1()

    def forward(self, Y):
        return self.decode(self.encode(Y))[..., :Y.shape[-1]]
