"""Sleep in every call, and in every cell, for a little less than a cell may take."""
# Answers: frame
# Limits: small

# %% before spectrum
import time

get_ipython().events.register("pre_run_cell", lambda *_: time.sleep(13))

# %% spectrum
def spectrum(frames):
    time.sleep(13)
    return frames

# %% power_db
power_db = spectrum

# %% istft
def istft(X, *, length, hop_length=128):
    time.sleep(13)

# %% cross_term
def cross_term(S, N):
    time.sleep(1e9)
