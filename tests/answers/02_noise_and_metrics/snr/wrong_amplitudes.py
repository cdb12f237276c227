# Slip: ratio of norms, not of energies.
# Names it: ratio of amplitudes
import torch


def snr(s_hat, s):
    return 10 * torch.log10(s.norm(dim=-1) / (s_hat - s).norm(dim=-1))
