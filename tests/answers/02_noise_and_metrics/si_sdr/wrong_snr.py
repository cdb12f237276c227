# Slip: the SNR, without alpha.
# Names it: This is the SNR
import torch


def si_sdr(s_hat, s):
    return 10 * torch.log10(s.square().sum(-1) / (s_hat - s).square().sum(-1))
