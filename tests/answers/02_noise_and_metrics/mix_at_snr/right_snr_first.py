import torch


def mix_at_snr(s, n, snr_db):
    # Measure the SNR of the recording as it is, then turn the noise by what is missing.
    missing = 10 * torch.log10((s ** 2).sum(-1) / (n ** 2).sum(-1)) - snr_db
    return torch.clone(s) + 10 ** (missing[..., None] / 20) * n
