import torch
from torch import nn
from torch.nn import functional


class MaskNet(nn.Module):
    def __init__(self, *, context=3, hidden=384):
        super().__init__()
        self.context = context
        self.kernel = nn.Parameter(torch.randn(hidden, 257, 2 * context + 1) / 60)
        self.out = nn.Parameter(torch.randn(257, hidden, 1) / hidden ** 0.5)
        self.bias = nn.Parameter(torch.zeros(257))

    def forward(self, P):
        B, _, F, K = P.shape
        P = P.reshape(B, F, K)
        x = torch.log(P + 1e-5 * P.mean(dim=(1, 2), keepdim=True) + 1e-12)
        x = x - torch.mean(x, dim=2, keepdim=True)
        x = torch.tanh(functional.conv1d(x, self.kernel, padding=self.context))
        x = functional.conv1d(x, self.out, self.bias)
        return (1 / (1 + torch.exp(-x))).view(B, 1, F, K)
