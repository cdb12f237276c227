# Slip: does not scale.
# Names it: not scaled to 0.1
import torch

from course_utils.signal import istft, stft


def enhance(y, model, *, level=None):
    model.eval()
    with torch.no_grad():
        if level is None:
            level = y.square().mean(-1, keepdim=True).sqrt()
        Y = stft(y)
        P = Y.abs().square().reshape(-1, 1, *Y.shape[-2:])
        H = model(P).reshape(Y.shape)
        return istft(H * Y, length=y.shape[-1])
