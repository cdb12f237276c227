# Slip: Squares above and below.
# Names it: above and below
import torch


def feature_loss(features, features_ref):
    parts = [(f - f_ref).square().mean() / f_ref.square().mean() for f, f_ref in zip(features, features_ref)]
    return torch.stack(parts).mean()
