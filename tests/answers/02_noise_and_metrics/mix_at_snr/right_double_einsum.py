import torch


def mix_at_snr(s, n, snr_db):
    s, n = s.double(), n.double()
    power = torch.einsum("...t,...t->...", s, s) / torch.einsum("...t,...t->...", n, n)
    gain = (power * 10.0 ** (-0.1 * snr_db)) ** 0.5
    return s + gain[..., None] * n
