# Slip: forgets keepdim.
# Names it: keepdim=True
import torch


def mix_at_snr(s, n, snr_db):
    g = torch.sqrt(s.square().mean(-1) / n.square().mean(-1) * 10 ** (-snr_db / 10))
    return s + g * n
