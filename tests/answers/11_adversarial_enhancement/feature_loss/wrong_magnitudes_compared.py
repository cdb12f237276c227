# Slip: Compares absolute values.
# Names it: opposite sign
import torch


def feature_loss(features, features_ref):
    parts = [(f.abs() - f_ref.abs()).abs().mean() / f_ref.abs().mean() for f, f_ref in zip(features, features_ref)]
    return torch.stack(parts).mean()
