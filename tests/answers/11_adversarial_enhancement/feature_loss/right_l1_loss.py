import torch


def feature_loss(features, features_ref):
    parts = [torch.nn.functional.l1_loss(a, b) / b.abs().mean() for a, b in zip(features, features_ref)]
    return sum(parts) / len(parts)
