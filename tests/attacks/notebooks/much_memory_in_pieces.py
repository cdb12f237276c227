"""Take 8 GB, but no process more than 1 GB: eight children, each within its own limits."""
# Answers: frame
# Trophy: power_db
# Needs: sandbox

# %% spectrum
import os
import time

if inside:
    read, write = os.pipe()
    for _ in range(8):
        if not os.fork():
            try:
                block = bytearray(1_000_000_000)
                block[::4096] = b"x" * len(block[::4096])
                os.write(write, b"1")
                time.sleep(60)
            finally:
                os._exit(0)
    os.close(write)
    os.set_blocking(read, False)
    got, until = b"", time.time() + 15
    while len(got) < 8 and time.time() < until:
        time.sleep(0.1)
        try:
            got += os.read(read, 8)
        except BlockingIOError:
            pass
    if len(got) == 8:
        loot.append("8 GB at once")
