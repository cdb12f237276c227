import torch


def feature_loss(features, features_ref):
    return torch.stack([(f_ref - f).norm(p=1) / f_ref.norm(p=1) for f, f_ref in zip(features, features_ref)]).mean()
