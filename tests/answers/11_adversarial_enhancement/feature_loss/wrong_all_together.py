# Slip: Puts all layers together.
# Names it: put together
import torch


def feature_loss(features, features_ref):
    f = torch.cat([x.flatten() for x in features])
    f_ref = torch.cat([x.flatten() for x in features_ref])
    return (f - f_ref).abs().mean() / f_ref.abs().mean()
