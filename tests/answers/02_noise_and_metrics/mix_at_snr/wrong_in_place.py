# Slip: scales the noise in place.
# Names it: in place
import torch


def mix_at_snr(s, n, snr_db):
    n *= torch.sqrt(s.square().mean(-1, keepdim=True) / n.square().mean(-1, keepdim=True) * 10 ** (-snr_db / 10))
    return s + n
