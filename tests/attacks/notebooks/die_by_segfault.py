"""The kernel writes to address 0 in the middle of a call."""
# Answers: frame

# %% spectrum
def spectrum(frames):
    import ctypes

    ctypes.memset(0, 1, 1)
