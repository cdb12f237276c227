"""Return generators that never end, and lists that grow while they are read."""
# Answers: cross_term
# Status: graded, needs_review
# Limits: small

# %% frame
import itertools


def frame(x, *, frame_length, hop_length):
    return itertools.count()

# %% spectrum
class Growing(list):
    def __iter__(self):
        while True:
            yield 1.0

    def __len__(self):
        return 3


def spectrum(frames):
    return Growing([1.0, 2.0, 3.0])

# %% power_db
class Endless(dict):
    def items(self):
        return ((number, number) for number in itertools.count())

    keys = values = __iter__ = lambda self: itertools.count()


def power_db(X, *, floor_db=-80.0):
    return Endless()

# %% istft
def istft(X, *, length, hop_length=128):
    yield from itertools.repeat(0.0)

# %% swap_phase
async def swap_phase(A, B):
    while True:
        pass
