import torch


def discriminator_loss(real, fake):
    on_real = torch.stack([torch.mean((1 - r) ** 2) for r in real]).mean()
    on_fake = torch.stack([torch.mean(f ** 2) for f in fake]).mean()
    return 0.5 * (on_real + on_fake)
