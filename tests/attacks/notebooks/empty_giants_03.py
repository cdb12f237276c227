"""Return tensors with no values and an axis of two thousand million: a sum over the other is not empty."""
# Lesson: 03_spectral_subtraction
# Answers: reuse_phase
# Status: graded, needs_review

# %% low_pass
import torch

LONG = 2 ** 31 - 1


def low_pass(Y, *, cutoff_hz):
    return torch.empty(0, LONG)

# %% quiet_frames
def quiet_frames(Y, *, fraction=0.2):
    return torch.empty(LONG, 0, dtype=torch.bool)

# %% noise_psd
def noise_psd(Y, noise_only):
    Y.set_(torch.empty(LONG, 0, dtype=Y.dtype))
    return torch.empty(LONG, 0)

# %% subtract_power
def subtract_power(Y_power, N_power, *, over=1.0, floor=0.0):
    return torch.empty(LONG, 0)

# %% enhance
def enhance(y, *, over=4.0, floor=0.02, fraction=0.2):
    return torch.empty(LONG, 0)
