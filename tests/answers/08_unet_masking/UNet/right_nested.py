import torch
from torch import nn
from torch.nn import functional


class UNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.down1 = block(1, 16, (8, 3), (4, 2), (2, 1))
        self.down2 = block(16, 32, (4, 3), (2, 1))
        self.down3 = block(32, 48, (4, 3), (2, 2))
        self.down4 = block(48, 64, (4, 3), (2, 2))
        self.middle = nn.Sequential(Residual(64, 1), Residual(64, 2), Residual(64, 4))
        self.up4, self.up3, self.up2 = block(64, 48), block(96, 32), block(64, 16)
        self.out = nn.ConvTranspose2d(32, 1, (8, 4), stride=(4, 2), padding=(2, 1))

    def level(self, x, number, skips):
        if number == 4:
            return self.up4(self.middle(self.down4(x)))
        kept = (self.down1, self.down2, self.down3)[number - 1](x)
        below = self.level(kept, number + 1, skips)
        u = functional.interpolate(below, scale_factor=(2, 1) if number == 1 else (2, 2), mode="nearest")
        u = join_skip(u, kept * skips[number - 1])
        return (self.out, self.up2, self.up3)[number - 1](u)

    def forward(self, P, skips=(1.0, 1.0, 1.0)):
        H = functional.pad(torch.sigmoid(self.level(features(P), 1, skips)), (0, 0, 0, 1), mode="replicate")
        return H[..., :P.shape[-1]]
