import torch


def snr(s_hat, s):
    s_hat, s = s_hat.double(), s.double()
    return 10 * (s.pow(2).mean(-1).log() - (s_hat - s).pow(2).mean(-1).log()) / torch.log(torch.tensor(10.0))
