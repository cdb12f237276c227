"""The same in lesson 3: turn the arguments into zeros, so that zeros become the right answer."""
# Lesson: 03_spectral_subtraction
# Answers: reuse_phase

# %% low_pass
import torch


def low_pass(Y, *, cutoff_hz):
    Y.zero_()
    return torch.zeros_like(Y)

# %% quiet_frames
def quiet_frames(Y, *, fraction=0.2):
    Y.zero_()
    return torch.zeros(Y.shape[:-2] + Y.shape[-1:], dtype=torch.bool)

# %% noise_psd
def noise_psd(Y, noise_only):
    Y.zero_(), noise_only.zero_()
    return torch.zeros(*Y.shape[:-1], 1)

# %% subtract_power
def subtract_power(Y_power, N_power, *, over=1.0, floor=0.0):
    Y_power.zero_(), N_power.zero_()
    return torch.zeros_like(Y_power)

# %% enhance
def enhance(y, *, over=4.0, floor=0.02, fraction=0.2):
    y.zero_()
    return torch.zeros_like(y)
