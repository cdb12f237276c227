# Slip: Divides each number by its own reference.
# Names it: first the two means
import torch


def feature_loss(features, features_ref):
    parts = [((f - f_ref).abs() / (f_ref.abs() + 1e-8)).mean() for f, f_ref in zip(features, features_ref)]
    return torch.stack(parts).mean()
