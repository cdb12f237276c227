import torch


def wiener(y, *, alpha=0.95, floor=0.1):
    flat = y.reshape(-1, y.shape[-1])
    window = torch.hann_window(512)
    Y = torch.stft(flat, 512, 128, window=window, center=True, pad_mode="constant", return_complex=True)
    P = Y.abs() ** 2
    H = decision_directed(P, track_noise(P), alpha=alpha, xi_min_db=-25.0)
    H[floor > H] = floor
    return torch.istft(H * Y, 512, 128, window=window, center=True, length=y.shape[-1]).reshape(y.shape)
