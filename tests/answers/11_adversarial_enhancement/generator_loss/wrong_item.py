# Slip: A float, with no gradient for the scores.
# Names it: no gradient gets to the scores


def generator_loss(fake, distance, weight):
    parts = [((f - 1).square().mean() / 2).item() for f in fake]
    return sum(parts) / len(parts) + weight * distance
