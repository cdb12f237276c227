# Slip: takes the number of frequencies for the length of a frame.
# Names it: is L right
import torch


def istft(X, *, length, hop_length=128):
    """Turn a complex spectrogram back into a waveform."""
    pieces = torch.fft.irfft(X, dim=-2)
    L, K = X.shape[-2], pieces.shape[-1]
    window = torch.hann_window(L, dtype=pieces.dtype)
    x = pieces.new_zeros(*pieces.shape[:-2], L + (K - 1) * hop_length)
    weight = pieces.new_zeros(L + (K - 1) * hop_length)
    for k in range(K):
        here = slice(k * hop_length, k * hop_length + L)
        x[..., here] += window * pieces[..., k]
        weight[here] += window**2
    kept = slice(L // 2, L // 2 + length)
    return x[..., kept] / weight[kept]
