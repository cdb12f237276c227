# Slip: leaves the padding in the result.
# Names it: shape
from torch import nn


class DenoisingAutoencoder(nn.Module):
    def __init__(self, channels=(24, 48), code=10):
        super().__init__()
        a, b = channels

        def block(conv):
            return nn.Sequential(conv, nn.BatchNorm2d(conv.out_channels), nn.ELU())

        self.encoder = nn.Sequential(
            block(nn.Conv2d(1, a, 3, stride=2, padding=1)), block(nn.Conv2d(a, b, 3, stride=2, padding=1)),
            block(nn.Conv2d(b, b, 3, stride=(2, 1), padding=1)), nn.Conv2d(b, code, 1))
        self.decoder = nn.Sequential(
            block(nn.Conv2d(code, b, 1)), block(nn.ConvTranspose2d(b, b, 3, stride=(2, 1), padding=1)),
            block(nn.ConvTranspose2d(b, a, 3, stride=2, padding=1)),
            nn.ConvTranspose2d(a, 1, 3, stride=2, padding=1), nn.Softplus())

    def encode(self, Y):
        Y = nn.functional.pad(Y, (0, -(Y.shape[-1] - 1) % 4))
        return self.encoder(Y ** 0.3)

    def decode(self, Z):
        return self.decoder(Z) ** (1 / 0.3)

    def forward(self, Y):
        return self.decode(self.encode(Y))
