from torch import nn


class DownBlock(nn.Module):
    def __init__(self, c_in, c_out, *, relu=True):
        super().__init__()
        layers = [nn.Conv2d(c_in, c_out, kernel_size=3, stride=2, padding=1)]
        if relu:
            layers.append(nn.ReLU())
        self.layers = nn.Sequential(*layers)

    def forward(self, x):
        return self.layers(x)
