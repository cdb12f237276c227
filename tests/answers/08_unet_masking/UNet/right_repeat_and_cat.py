import torch
from torch import nn


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
        a, b, c = skips
        x1 = self.down1(features(P))
        x2 = self.down2(x1)
        x3 = self.down3(x2)
        u = self.down4(x3)
        for residual in self.middle:
            u = residual(u)
        u = self.up4(u).repeat_interleave(2, 2).repeat_interleave(2, 3)[..., :x3.shape[-1]]
        u = self.up3(torch.cat([u, c * x3], 1)).repeat_interleave(2, 2).repeat_interleave(2, 3)[..., :x2.shape[-1]]
        u = self.up2(torch.cat([u, b * x2], 1)).repeat_interleave(2, 2)
        H = torch.sigmoid(self.out(torch.cat([u, a * x1], 1))[..., :P.shape[-1]])
        index = torch.cat([torch.arange(256), torch.tensor([255])])
        return H[:, :, index]
