# Slip: A sum above, a mean below.
# Names it: grows with the size
import torch


def feature_loss(features, features_ref):
    parts = [(f - f_ref).abs().sum() / f_ref.abs().mean() for f, f_ref in zip(features, features_ref)]
    return torch.stack(parts).mean()
