import torch


def masked_loss(s_hat, s, mask):
    losses = []
    for estimate, truth, m in zip(s_hat, s, mask, strict=True):
        hidden = m == 1  # (1, T)
        error = (estimate[hidden] - truth[hidden]).pow(2).sum()
        power = torch.clamp(truth[hidden].pow(2).sum(), min=1e-8)
        losses.append(torch.log10(error / power + 0.01))
    return torch.stack(losses).mean()
