# Slip: Adds up Python floats.
# Names it: gradient


def feature_loss(features, features_ref):
    total = 0.0
    for f, f_ref in zip(features, features_ref):
        total += float((f - f_ref).abs().mean() / f_ref.abs().mean())
    return total / len(features)
