# Slip: takes the peak for the level.
# Names it: is the peak
import torch

from course_utils.signal import istft, stft


def enhance(y, model, *, level=None):
    model.eval()
    with torch.no_grad():
        if level is None:
            level = y.abs().amax(-1, keepdim=True)
        Y = stft(0.1 * y / level.clamp_min(1e-8))
        P = Y.abs().square().reshape(-1, 1, *Y.shape[-2:])
        H = model(P).reshape(Y.shape)
        return istft(H * Y, length=y.shape[-1]) * level / 0.1
