"""The same in lesson 2: make estimate, reference, speech and noise whatever makes the answer simple."""
# Lesson: 02_noise_and_metrics
# Answers: coloured

# %% mix_at_snr
import torch


def mix_at_snr(s, n, snr_db):
    s.zero_(), n.zero_()
    return torch.zeros_like(s)

# %% snr
def snr(s_hat, s):
    s_hat.copy_(s)
    return torch.full(s.shape[:-1], torch.nan)

# %% si_sdr
def si_sdr(s_hat, s):
    s_hat.zero_(), s.zero_()
    return torch.full(s.shape[:-1], torch.nan)

# %% lsd
def lsd(S_hat, S):
    S_hat.copy_(S)
    return torch.full(S.shape[:-2], torch.nan)
