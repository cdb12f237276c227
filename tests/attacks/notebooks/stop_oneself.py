"""Stop the kernel's process with SIGSTOP: it does not end, it does not answer, and it hears no interrupt."""
# Answers: frame
# Limits: small
# Needs: sandbox

# %% spectrum
def spectrum(frames):
    import os
    import signal

    os.kill(os.getpid(), signal.SIGSTOP)
