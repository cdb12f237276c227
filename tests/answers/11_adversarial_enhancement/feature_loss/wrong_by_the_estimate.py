# Slip: Divides by the estimate's features.
# Names it: by growing
import torch


def feature_loss(features, features_ref):
    parts = [(f - f_ref).abs().mean() / (f.abs().mean() + 1e-12) for f, f_ref in zip(features, features_ref)]
    return torch.stack(parts).mean()
