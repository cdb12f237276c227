# Slip: means over the whole batch.
# Names it: whole batch
import torch


def mix_at_snr(s, n, snr_db):
    g = torch.sqrt(s.square().mean() / n.square().mean() * 10 ** (-snr_db / 10))
    return s + g * n
