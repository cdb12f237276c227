"""Return objects that say that they are very long, to whoever makes a tensor of them, and answer slowly."""
# Lesson: 03_spectral_subtraction
# Answers: reuse_phase
# Status: graded, needs_review
# Limits: small

# %% quiet_frames
import time


class Long:
    """As long as one likes."""

    def __init__(self, length, delay=0.0):
        self.length, self.delay = length, delay

    def __len__(self):
        return self.length

    def __getitem__(self, key):
        time.sleep(self.delay)
        return 1.0

    def __iter__(self):
        while True:
            yield 1.0


lengths = [10 ** 7, 10 ** 9, 10 ** 15, 2 ** 62]


def quiet_frames(Y, *, fraction=0.2):
    lengths.append(lengths.pop(0))
    return Long(lengths[-1])

# %% subtract_power
def subtract_power(Y_power, N_power, *, over=1.0, floor=0.0):
    return Long(1000, 0.1)

# %% enhance
def enhance(y, *, over=4.0, floor=0.02, fraction=0.2):
    return [Long(10 ** 9)] * 3
