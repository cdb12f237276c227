# Slip: ignores the option hidden.
# Names it: `hidden` used

import torch
from torch import nn


class MaskNet(nn.Module):
    def __init__(self, *, context=3, hidden=384):
        super().__init__()
        self.a = nn.Conv1d(257, 128, 2 * context + 1, padding=context)
        self.b = nn.Conv1d(128, 257, 1)

    def forward(self, P):
        tiny = 1e-5 * P.mean((-2, -1), keepdim=True) + 1e-12
        x = (P + tiny).log().squeeze(1)
        x = (x - x.mean(-1, keepdim=True)) / 2
        H = torch.sigmoid(self.b(torch.relu(self.a(x))))
        return H.unsqueeze(1)
