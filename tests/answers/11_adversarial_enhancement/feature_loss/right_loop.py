def feature_loss(features, features_ref):
    total = 0
    for f, f_ref in zip(features, features_ref):
        total = total + torch.mean(torch.abs(f - f_ref)) / torch.mean(torch.abs(f_ref))
    return total / len(features)
