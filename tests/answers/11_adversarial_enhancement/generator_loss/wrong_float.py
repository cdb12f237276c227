# Slip: Python floats throughout.
# Names it: no gradient


def generator_loss(fake, distance, weight):
    parts = [float((f - 1).square().mean()) / 2 for f in fake]
    return sum(parts) / len(parts) + weight * float(distance)
