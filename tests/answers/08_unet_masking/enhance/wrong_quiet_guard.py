# Slip: has a guard that is far too large.
import torch

from course_utils.signal import istft, stft


def enhance(y, model, *, level=None):
    model.eval()
    with torch.no_grad():
        if level is None:
            level = y.square().mean(-1, keepdim=True).sqrt()
        Y = stft(0.1 * y / level.clamp_min(1e-3))
        P = Y.abs().square().reshape(-1, 1, *Y.shape[-2:])
        H = model(P).reshape(Y.shape)
        return istft(H * Y, length=y.shape[-1]) * level / 0.1
