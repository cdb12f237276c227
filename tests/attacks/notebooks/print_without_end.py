"""Print for ever: in a cell, in a call, and from a thread that stays."""
# Answers: frame
# Limits: small

# %% after frame_test
import threading


def shout():
    while True:
        print("x" * 100_000)


threading.Thread(target=shout, daemon=True).start()

# %% spectrum
def spectrum(frames):
    shout()

# %% before power_db
shout()
