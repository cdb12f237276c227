# Slip: takes no absolute values at all.
# Names it: Take absolute values, above and below
import torch


def feature_loss(features, features_ref):
    return torch.stack([(f - g).mean() / g.mean() for f, g in zip(features, features_ref, strict=True)]).mean()
