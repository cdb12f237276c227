# Slip: scales the speech in place of the noise.
# Names it: must keep its level
import torch


def mix_at_snr(s, n, snr_db):
    P_s = s.square().mean(-1, keepdim=True)
    P_n = n.square().mean(-1, keepdim=True)
    return torch.sqrt(P_n / P_s * 10 ** (snr_db / 10)) * s + n
