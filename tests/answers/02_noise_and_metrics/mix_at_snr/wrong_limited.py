# Slip: limits the sum to [-1, 1].
# Names it: may exceed
import torch


def mix_at_snr(s, n, snr_db):
    P_s, P_n = s.square().mean(-1, keepdim=True), n.square().mean(-1, keepdim=True)
    return (s + torch.sqrt(P_s / P_n * 10 ** (-snr_db / 10)) * n).clamp(-1, 1)
