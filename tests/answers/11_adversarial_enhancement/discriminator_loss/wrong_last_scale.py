# Slip: Only the last scale.
# Names it: only the last scale


def discriminator_loss(real, fake):
    for r, f in zip(real, fake):
        loss = ((r - 1).square().mean() + f.square().mean()) / 2
    return loss
