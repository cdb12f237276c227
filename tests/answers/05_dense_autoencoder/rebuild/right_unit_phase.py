def rebuild(X, Y, *, limit=False):
    magnitude = Y.abs()
    unit = torch.where(magnitude > 0, Y / magnitude.clamp_min(1e-30), torch.ones_like(Y))
    relative = (torch.pow(10, 3 * X.mT - 3) - 1e-6).clamp(min=0).sqrt()
    S_hat = relative * magnitude.pow(2).mean(dim=(-1, -2), keepdim=True).sqrt()
    if limit:
        S_hat = torch.where(S_hat < magnitude, S_hat, magnitude)
    return S_hat * unit
