"""Show reports with full points: in other cells, within a call, later from a thread, and under the test's message."""
# Answers: cross_term

# %% before frame
import threading
import time

from IPython.display import display

MIME = "application/vnd.speech-enhancement.checks+json"
POINTS = {"frame": 2.0, "spectrum": 2.0, "power_db": 1.0, "istft": 2.0, "swap_phase": 1.0, "cross_term": 1.0}


def report(name, **options):
    check = {"name": "all", "passed": True, "points": POINTS[name], "message": ""}
    display({"text/plain": "passed", MIME: {"name": f"{name}_test", "score": POINTS[name], "max_score": POINTS[name],
                                            "checks": [check]}}, raw=True, **options)


def keep_reporting():
    for _ in range(40):
        for name in POINTS:
            report(name)
        time.sleep(0.1)


for name in POINTS:
    report(name, display_id=name)
threading.Thread(target=keep_reporting, daemon=True).start()

# %% frame
def frame(x, *, frame_length, hop_length):
    report("frame")
    report("frame", display_id="frame", update=True)

# %% spectrum
def spectrum(frames):
    report("spectrum")
    raise SystemExit

# %% after spectrum
report("spectrum")
2.0

# %% last
for name in POINTS:
    report(name)
    report(name, display_id=name, update=True)
10.0
