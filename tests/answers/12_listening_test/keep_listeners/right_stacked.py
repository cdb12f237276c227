import torch


def keep_listeners(reference, anchor):
    wrong = torch.stack([reference < 90, anchor > 90]).double().mean(-1)
    return (wrong <= 0.15).all(0)
