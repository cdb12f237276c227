import torch


def track_noise(P, *, a=0.9, xi_db=10.0):
    out = torch.empty_like(P)
    xi = 10.0 ** (xi_db / 10)
    level = torch.clamp(quiet_psd(P).squeeze(-1), min=1e-12)
    for k, frame in enumerate(P.unbind(-1)):
        speech = torch.sigmoid(frame / level * xi / (1 + xi) - torch.log(torch.tensor(1 + xi)))
        level = torch.lerp(speech * level + (1 - speech) * frame, level, a).clamp_min(1e-12)
        out[..., k] = level
    return out
