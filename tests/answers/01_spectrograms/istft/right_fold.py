import torch


def istft(X, *, length, hop_length=128):
    """Turn a complex spectrogram back into a waveform."""
    pieces = torch.fft.irfft(X, dim=-2)
    L, K = pieces.shape[-2:]
    total = L + (K - 1) * hop_length
    window = torch.hann_window(L, dtype=pieces.dtype).reshape(L, 1)

    def add(frames):
        return torch.nn.functional.fold(frames, (1, total), (1, L), stride=(1, hop_length)).reshape(-1, total)

    x = add((pieces * window).reshape(-1, L, K))
    weight = add((window**2).expand(1, L, K))
    kept = slice(L // 2, L // 2 + length)
    return (x[:, kept] / weight[:, kept]).reshape(*X.shape[:-2], length)
