def wiener(y, *, alpha=0.95, floor=0.1):
    if y.ndim > 1:
        return torch.stack([wiener(item, alpha=alpha, floor=floor) for item in y])
    Y = stft(y)
    P = Y.real ** 2 + Y.imag ** 2
    H = torch.maximum(decision_directed(P, track_noise(P), alpha=alpha), torch.tensor(float(floor)))
    return istft(Y * H, length=len(y))
