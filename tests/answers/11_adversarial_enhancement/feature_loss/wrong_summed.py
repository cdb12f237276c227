# Slip: The sum over the layers.
# Names it: sum over the layers
import torch


def feature_loss(features, features_ref):
    parts = [(f - f_ref).abs().mean() / f_ref.abs().mean() for f, f_ref in zip(features, features_ref)]
    return torch.stack(parts).sum()
