# Slip: compares root mean squares.
# Names it: root mean squares
import torch


def feature_loss(features, features_ref):
    return torch.stack([((f - g).square().mean() / g.square().mean()).sqrt() for f, g in zip(features, features_ref, strict=True)]).mean()
