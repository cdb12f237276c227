"""Start 1000 processes that stay, and then threads; and keep every core busy with what could be started."""
# Answers: frame
# Trophy: power_db
# Needs: sandbox

# %% spectrum
import os
import signal
import threading
import time

children = []
if inside:
    for number in range(1000):
        try:
            child = os.fork()
        except OSError:
            break
        if not child:
            try:
                for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                    signal.signal(name, signal.SIG_IGN)
                os.setsid() if number % 2 else None
                until = time.time() + 3
                while number < 20 and time.time() < until:
                    pass
                time.sleep(600)
            finally:
                os._exit(0)
        children.append(child)
    else:
        loot.append("1000 processes")
    threads = 0
    try:
        for _ in range(3000):
            threading.Thread(target=time.sleep, args=(600,), daemon=True).start()
            threads += 1
        loot.append(f"{threads} threads")
    except RuntimeError:
        pass
print(len(children), "processes,", threads, "threads")
