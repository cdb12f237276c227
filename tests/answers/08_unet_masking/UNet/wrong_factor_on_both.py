# Slip: multiplies what is joined, decoder included.
# Names it: multiplies both tensors
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

    def forward(self, P, skips=(1.0, 1.0, 1.0)):
        K = P.shape[-1]
        x1 = self.down1(features(P))
        x2 = self.down2(x1)
        x3 = self.down3(x2)
        u = self.middle(self.down4(x3))
        u = join_skip(functional.interpolate(self.up4(u), scale_factor=(2, 2)), x3) * skips[2]
        u = join_skip(functional.interpolate(self.up3(u), scale_factor=(2, 2)), x2) * skips[1]
        u = join_skip(functional.interpolate(self.up2(u), scale_factor=(2, 1)), x1) * skips[0]
        H = torch.sigmoid(self.out(u))[..., :K]
        return torch.cat([H, H[:, :, -1:]], 2)
