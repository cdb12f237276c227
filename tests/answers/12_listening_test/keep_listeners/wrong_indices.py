# Slip: the numbers of those who are kept.
import torch


def keep_listeners(reference, anchor):
    return torch.nonzero(((reference < 90).float().mean(1) <= 0.15) & ((anchor > 90).float().mean(1) <= 0.15))[:, 0]
