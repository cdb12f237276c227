# Slip: The square of the difference.
# Names it: squared
import torch


def feature_loss(features, features_ref):
    parts = [(f - f_ref).square().mean() / f_ref.abs().mean() for f, f_ref in zip(features, features_ref)]
    return torch.stack(parts).mean()
