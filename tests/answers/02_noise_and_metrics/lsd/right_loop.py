import torch


def lsd(S_hat, S):
    floor = torch.tensor(1e-10)
    per_frame = []
    for k in range(S.shape[-1]):
        a = torch.maximum(S_hat[..., k].real ** 2 + S_hat[..., k].imag ** 2, floor)
        b = torch.maximum(S[..., k].real ** 2 + S[..., k].imag ** 2, floor)
        per_frame.append(torch.sqrt(torch.mean(torch.log10(a / b) ** 2, dim=-1)))
    return torch.stack(per_frame, dim=-1).mean(dim=-1)
