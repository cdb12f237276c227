def log_frames(S):
    rms = S.abs().pow(2).mean(dim=[-1, -2], keepdim=True).sqrt()
    S = S / torch.where(rms > 0, rms, torch.ones_like(rms))
    level = 10 * torch.log10(S.abs() ** 2 + 1e-6)
    return (1 + level / 30).mT
