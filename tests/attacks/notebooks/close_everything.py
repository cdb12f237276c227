"""Close all files, sockets and channels of the kernel's process, replace its streams, stop its loop."""
# Answers: frame

# %% spectrum
import os
import sys

sys.stdout = sys.stderr = sys.stdin = None
for number in range(200):
    try:
        os.close(number)
    except OSError:
        pass
