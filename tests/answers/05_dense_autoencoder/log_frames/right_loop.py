def log_frames(S):
    rows = []
    for item in S.reshape(-1, *S.shape[-2:]):
        power = (item * item.conj()).real
        P = power.mean()
        ratio = power / P if P > 0 else power
        rows.append((1 + torch.log(ratio + 1e-6) / 6.907755278982137).T)
    return torch.stack(rows).reshape(*S.shape[:-2], S.shape[-1], S.shape[-2])
