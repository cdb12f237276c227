def augment(s, n, rir, *, generator, gain_db=(-14.0, 6.0), snr_db=(-5.0, 15.0), p_room=0.3, p_clip=0.1,
            clip_db=(-15.0, -3.0)):
    def draw(low, high):
        return low + (high - low) * float(torch.rand((), generator=generator))

    import numpy as np
    from scipy.signal import convolve

    a = s.numpy().astype(float) * 10 ** (draw(*gain_db) / 20)
    if not draw(0, 1) >= p_room:
        h = rir.numpy().astype(float)
        d = np.abs(h[0]).argmax()
        a = convolve(a, h / h[0, d])[:, d:d + s.shape[-1]]
    wanted, b = draw(*snr_db), n.numpy().astype(float)
    y = a + b * np.sqrt((a ** 2).sum() / (b ** 2).sum() * 10 ** (-wanted / 10)) if b.any() and a.any() else a.copy()
    if not draw(0, 1) >= p_clip:
        limit = np.abs(y).max() * 10 ** (draw(*clip_db) / 20)
        y = np.clip(y, -limit, limit)
    return torch.tensor(y, dtype=torch.float32), torch.tensor(a, dtype=torch.float32)
