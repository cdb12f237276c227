# Slip: returns x.
# Names it: the correction is missing
from torch import nn


class GapNet(nn.Module):
    def __init__(self, c=160):
        super().__init__()
        self.body = Body(c)

    def forward(self, x, f, b, mask):
        return x
