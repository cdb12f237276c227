"""Raise exceptions whose name, text, class and history are made to break whoever reads, prints or shows them."""
# Answers: cross_term
# Status: graded, needs_review

# %% frame
def frame(x, *, frame_length, hop_length):
    raise type("<script>alert('attack')</script>\n\x00", (AssertionError,), {})("\x1b[2J\udce4\x00<img onerror=attack>")

# %% spectrum
def spectrum(frames):
    raise AssertionError("very long " * 10_000_000)

# %% power_db
def power_db(X, *, floor_db=-80.0):
    error = ValueError()
    error.__cause__ = error.__context__ = error
    error.args = (error, {1: error}, b"\xff")
    error.__notes__ = ["note"] * 100_000
    raise error

# %% istft
class NotImplementedError(Exception):
    ename = evalue = property(lambda self: 1 / 0)

    def __getattribute__(self, name):
        raise SystemExit


def istft(X, *, length, hop_length=128):
    raise NotImplementedError

# %% swap_phase
def swap_phase(A, B):
    if A.numel() == 5:
        raise ExceptionGroup("many", [ExceptionGroup("more", [OSError(number) for number in range(1000)])] * 100)
    return swap_phase(A, B)
