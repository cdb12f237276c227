import torch
from torch import nn


class MaskNet(nn.Module):
    def __init__(self, *, context=3, hidden=384):
        super().__init__()
        self.a = nn.Conv1d(257, hidden, 2 * context + 1, padding=context)
        self.b = nn.Conv1d(hidden, 257, 1)

    def forward(self, P):
        P = P / P.mean((-2, -1), keepdim=True).clamp_min(1e-12)
        x = torch.log10(P[:, 0] + 1e-4)
        x = x - x.mean((-2, -1), keepdim=True)
        H = torch.sigmoid(self.b(torch.relu(self.a(x))))
        return H.unsqueeze(1)
