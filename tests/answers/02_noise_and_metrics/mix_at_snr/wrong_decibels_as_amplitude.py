# Slip: takes the root of the powers, but not of the wanted ratio.
# Names it: that ratio, too
import torch


def mix_at_snr(s, n, snr_db):
    P_s = s.square().mean(-1, keepdim=True)
    P_n = n.square().mean(-1, keepdim=True)
    return s + torch.sqrt(P_s / P_n) * 10 ** (-snr_db / 10) * n
