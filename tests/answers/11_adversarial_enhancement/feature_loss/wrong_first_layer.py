# Slip: Only the first layer.
# Names it: only the first layer


def feature_loss(features, features_ref):
    parts = [(f - f_ref).abs().mean() / f_ref.abs().mean() for f, f_ref in zip(features, features_ref)]
    return parts[0]
