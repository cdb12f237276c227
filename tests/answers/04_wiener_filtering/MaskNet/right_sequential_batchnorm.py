from torch import nn


class MaskNet(nn.Module):
    def __init__(self, *, context=3, hidden=384):
        super().__init__()
        self.net = nn.Sequential(nn.Conv1d(257, hidden, 2 * context + 1, padding="same"), nn.BatchNorm1d(hidden), nn.ReLU(),
                                 nn.Conv1d(hidden, hidden, 1), nn.ReLU(), nn.Conv1d(hidden, 257, 1), nn.Sigmoid())

    def forward(self, P):
        tiny = 1e-5 * P.mean((-2, -1), keepdim=True) + 1e-12
        x = (P + tiny).log().squeeze(1)
        x = (x - x.mean(-1, keepdim=True)) / 2
        H = self.net(x)
        return H.unsqueeze(1)
