# Slip: Only the first scale.
# Names it: only the first scale


def discriminator_loss(real, fake):
    parts = [((r - 1).square().mean() + f.square().mean()) / 2 for r, f in zip(real, fake)]
    return parts[0]
