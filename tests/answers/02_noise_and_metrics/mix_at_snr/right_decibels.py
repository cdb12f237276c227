import torch


def mix_at_snr(s, n, snr_db):
    level_s = 10 * torch.log10(torch.mean(s ** 2, dim=-1))
    level_n = 10 * torch.log10(torch.mean(n ** 2, dim=-1))
    gain_db = level_s - level_n - snr_db
    return s + 10 ** (gain_db / 20).unsqueeze(-1) * n
