"""Return lists of arrays and of bytes that are sent in no time, and take a minute to be made a tensor of."""
# Lesson: 03_spectral_subtraction
# Answers: reuse_phase
# Limits: small

# %% quiet_frames
import numpy as np

calls = []


def quiet_frames(Y, *, fraction=0.2):
    calls.append(0)
    kinds = [lambda: bytearray(60_000_000), lambda: [np.zeros((30_000_000, 2), np.int8)],
             lambda: [bytearray(30_000_000)] * 2, lambda: ["x" * 4_000_000, *range(100_000)]]
    return kinds[len(calls) % len(kinds)]()

# %% subtract_power
def subtract_power(Y_power, N_power, *, over=1.0, floor=0.0):
    return [[np.zeros((4_000_000, 1))] * 2]

# %% enhance
def enhance(y, *, over=4.0, floor=0.02, fraction=0.2):
    return (bytearray(60_000_000),)
