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
        x, kept = features(P), []
        for down in (self.down1, self.down2, self.down3):
            x = down(x)
            kept.append(x)
        x = self.middle(self.down4(x))
        for up, scale, number in ((self.up4, (2, 2), 2), (self.up3, (2, 2), 1), (self.up2, (2, 1), 0)):
            x = nn.Upsample(scale_factor=scale)(up(x))
            x = join_skip(x, kept[number] * skips[number])
        H = self.out(x).sigmoid()
        mask = torch.zeros_like(P)
        mask[:, :, :256] = H[:, :, :, :P.shape[-1]]
        mask[:, :, 256] = mask[:, :, 255]
        return mask
