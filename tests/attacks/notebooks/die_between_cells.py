"""A time bomb: the kernel ends when a cell is done and has been answered, and the next has not come yet."""
# Answers: frame

# %% spectrum
import os
import threading

get_ipython().events.register("post_run_cell", lambda *_: threading.Timer(0.05, os._exit, (0,)).start())
