# Slip: Adds up Python floats.
# Names it: gradient


def discriminator_loss(real, fake):
    total = 0.0
    for r, f in zip(real, fake):
        total += float((r - 1).square().mean() + f.square().mean()) / 2
    return total / len(real)
