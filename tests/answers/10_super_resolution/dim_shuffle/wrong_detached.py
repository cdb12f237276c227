# Slip: goes through NumPy, where the gradient is lost.
# Names it: No gradient
import torch


def dim_shuffle(x, r=2):
    B, C, T = x.shape
    return torch.tensor(x.detach().numpy().reshape(B, C // r, r, T).swapaxes(2, 3).reshape(B, C // r, r * T))
