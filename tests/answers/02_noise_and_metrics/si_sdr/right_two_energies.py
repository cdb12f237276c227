import torch


def si_sdr(s_hat, s):
    # Pythagoras: the energy of the error is what the target leaves of the estimate's.
    a, b = s_hat.double(), s.double()
    top = torch.linalg.vecdot(a, b) ** 2 / torch.linalg.vecdot(b, b)
    return 10 * (torch.log10(top) - torch.log10(torch.linalg.vecdot(a, a) - top))
