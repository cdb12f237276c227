# Slip: gives the padded signal the name x, and adds that.
# Names it: x in step 7 still the input
import torch
from torch import nn
from torch.nn import functional


class Bottleneck(nn.Module):
    def __init__(self, depth=4, channels=16, dropout=0.2):
        super().__init__()
        c = [channels * min(n, 4) for n in range(1, depth + 1)]  # 16, 32, 48, 64, 64, ...
        self.down = nn.ModuleList(DownBlock(a, b, 33 if a == 1 else 9) for a, b in zip([1, *c], c, strict=False))
        self.bottom = nn.Sequential(nn.Conv1d(c[-1], c[-1], 9, padding=4, bias=False), nn.Dropout(dropout), nn.LeakyReLU(0.2))
        wide = [c[-1], *(2 * b for b in c[-2:0:-1])]  # what comes into an UpBlock: after a stacking skip, twice as much
        self.up = nn.ModuleList(UpBlock(a, b, 9, dropout) for a, b in zip(wide, c[-2::-1], strict=False))
        self.last = nn.Conv1d(2 * c[0] if depth > 1 else c[0], 2, 33, padding=16, bias=False)
        nn.init.zeros_(self.last.weight)

    def forward(self, x):
        T = x.shape[-1]
        x = functional.pad(x, (0, -T % 2 ** len(self.down)))
        u = x
        skips = []
        for block in self.down:
            u = block(u)
            skips.append(u)
        u = self.bottom(skips.pop())
        for block in self.up:
            u = torch.cat([block(u), skips.pop()], 1)
        return x + dim_shuffle(self.last(u))[..., :T]
