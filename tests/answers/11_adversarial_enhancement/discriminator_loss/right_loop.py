def discriminator_loss(real, fake):
    total = 0
    for k in range(len(real)):
        total = total + 0.5 * ((real[k] - 1) ** 2).mean() + 0.5 * (fake[k] ** 2).mean()
    return total / len(real)
