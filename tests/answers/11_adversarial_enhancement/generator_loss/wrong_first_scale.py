# Slip: Only the first scale.
# Names it: only the first scale


def generator_loss(fake, distance, weight):
    return (fake[0] - 1).square().mean() / 2 + weight * distance
