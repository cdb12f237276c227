# Slip: keeps gradients.
# Names it: no_grad

from course_utils.signal import istft, stft


def enhance(y, model, *, level=None):
    model.eval()
    if True:
        if level is None:
            level = y.square().mean(-1, keepdim=True).sqrt()
        Y = stft(0.1 * y / level.clamp_min(1e-8))
        P = Y.abs().square().reshape(-1, 1, *Y.shape[-2:])
        H = model(P).reshape(Y.shape)
        return istft(H * Y, length=y.shape[-1]) * level / 0.1
