# Slip: uses the number of dB as the ratio.
# Names it: snr_db is in dB
import torch


def mix_at_snr(s, n, snr_db):
    return s + n * torch.sqrt(s.square().mean(-1, keepdim=True) / n.square().mean(-1, keepdim=True) / snr_db)
