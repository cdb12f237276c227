# Slip: adds to the speech in place.
# Names it: changed s in place
import torch


def mix_at_snr(s, n, snr_db):
    P_s, P_n = s.square().mean(-1, keepdim=True), n.square().mean(-1, keepdim=True)
    s += torch.sqrt(P_s / P_n * 10 ** (-snr_db / 10)) * n
    return s
