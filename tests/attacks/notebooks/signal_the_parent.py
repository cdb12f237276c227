"""Send SIGINT, SIGTERM and SIGKILL to the parent, to the group, to the grader, to the victim, and to everybody."""
# Answers: frame
# Limits: small
# Needs: sandbox

# %% spectrum
import os
import signal

for pid in (HOST["victim"], HOST["grader"]):
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
        if inside:
            try:
                os.kill(pid, number)
            except OSError:
                pass
if inside:
    for number in (signal.SIGINT, signal.SIGSTOP, signal.SIGTERM, signal.SIGKILL):
        for pid in (os.getppid(), 1, 2, 3, 0, -1):
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            if pid or number == signal.SIGINT:
                try:
                    os.kill(pid, number)
                except OSError:
                    pass
