# Slip: Detaches the features of the estimate.
# Names it: gradient
import torch


def feature_loss(features, features_ref):
    parts = [(f.detach() - f_ref).abs().mean() / f_ref.abs().mean() for f, f_ref in zip(features, features_ref)]
    return torch.stack(parts).mean()
