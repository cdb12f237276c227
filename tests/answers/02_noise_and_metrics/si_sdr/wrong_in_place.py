# Slip: subtracts the target from the estimate in place.
# Names it: in place
import torch


def si_sdr(s_hat, s):
    target = (s_hat * s).sum(-1, keepdim=True) / s.square().sum(-1, keepdim=True) * s
    s_hat -= target
    return 10 * torch.log10(target.square().sum(-1) / s_hat.square().sum(-1))
