import torch


def mix_at_snr(s, n, snr_db):
    import numpy as np

    flat_s, flat_n = s.reshape(-1, s.shape[-1]).numpy(), n.reshape(-1, n.shape[-1]).numpy()
    rows = []
    for a, b in zip(flat_s, flat_n, strict=True):
        wanted_power = np.mean(a ** 2) / 10 ** (snr_db / 10)
        rows.append(a + np.sqrt(wanted_power / np.mean(b ** 2)) * b)
    return torch.tensor(np.array(rows)).reshape(s.shape)
