# Slip: Differences cancel.
# Names it: cancel
import torch


def feature_loss(features, features_ref):
    parts = [(f - f_ref).mean().abs() / f_ref.abs().mean() for f, f_ref in zip(features, features_ref)]
    return torch.stack(parts).mean()
