# Slip: A float, with no gradient.
# Names it: gradient
import torch


def feature_loss(features, features_ref):
    parts = [((f - f_ref).abs().mean() / f_ref.abs().mean()).item() for f, f_ref in zip(features, features_ref)]
    return torch.tensor(parts).mean()
