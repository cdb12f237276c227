"""An honest student, whose answers are numbers of numpy: right ones count, NaN and 0.0 do not turn into all points.

Level 0 dB for everything, as np.float64(0.0), and NaN are wrong and worth nothing. The rest is right.
"""
# Lesson: 02_noise_and_metrics
# Answers: mix_at_snr, coloured, lsd

# %% snr
import numpy as np


def snr(s_hat, s):
    return np.float64(0.0)

# %% si_sdr
def si_sdr(s_hat, s):
    return float("nan")
