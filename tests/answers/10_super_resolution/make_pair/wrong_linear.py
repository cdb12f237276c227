# Slip: joins the samples by straight lines.
# Names it: Straight lines
from torch.nn import functional


def make_pair(s, prepare):
    y = prepare(s)
    return functional.interpolate(y, size=s.shape[-1], mode="linear"), s
