# Slip: Binary cross entropy, as in the first GAN.
# Names it: cross entropy
import torch


def discriminator_loss(real, fake):
    parts = [(torch.nn.functional.softplus(-r).mean() + torch.nn.functional.softplus(f).mean()) / 2 for r, f in zip(real, fake)]
    return torch.stack(parts).mean()
