"""Put links to a socket of the host in place of the kernel's own sockets, so that the grader talks to that."""
# Answers: frame
# Needs: sandbox
# Limits: small

# %% spectrum
import glob
import json
import os

kernel = get_ipython().kernel
connection = kernel.parent.abs_connection_file
folders = {os.path.dirname(connection)}
address = json.load(open(connection)).get("ip", "")
folders.add(os.path.dirname(address)) if "/" in address else None
if inside:
    for folder in folders:
        for path in glob.glob(f"{folder}/*"):
            try:
                os.unlink(path)
                os.symlink(HOST["unix"], path)
            except OSError:
                pass
        for name in ("gradebook.db", "kernel-ipc-1", "kernel-ipc-6"):
            try:
                os.symlink(HOST["canary"], f"{folder}/{name}")
            except OSError:
                pass
    for stream in (kernel.shell_stream, kernel.control_stream):
        stream.close()  # the grader connects again, to what is there now


def spectrum(frames):
    return frames
