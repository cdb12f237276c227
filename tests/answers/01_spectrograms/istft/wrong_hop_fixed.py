# Slip: a hop of 128 instead of the argument.
# Names it: hop_length is ignored
import torch


def istft(X, *, length, hop_length=128):
    """Turn a complex spectrogram back into a waveform."""
    pieces = torch.fft.irfft(X, dim=-2)
    L, K = pieces.shape[-2:]
    window = torch.hann_window(L, dtype=pieces.dtype)
    x = pieces.new_zeros(*pieces.shape[:-2], L + (K - 1) * 128)
    weight = pieces.new_zeros(L + (K - 1) * 128)
    for k in range(K):
        here = slice(k * 128, k * 128 + L)
        x[..., here] += window * pieces[..., k]
        weight[here] += window**2
    kept = slice(L // 2, L // 2 + length)
    return x[..., kept] / weight[kept]
