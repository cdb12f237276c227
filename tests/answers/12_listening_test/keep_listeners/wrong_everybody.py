# Slip: keeps everybody.
# Names it: is kept. What counts
import torch


def keep_listeners(reference, anchor):
    return torch.ones(len(reference), dtype=torch.bool)
