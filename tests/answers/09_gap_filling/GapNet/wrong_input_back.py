# Slip: returns x.
from torch import nn


class GapNet(nn.Module):
    def __init__(self, c=160):
        super().__init__()
        self.body = Body(c)

    def forward(self, x, f, b, mask):
        return x
