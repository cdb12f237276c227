"""How a student's Jupyter server works."""

import os
import shutil
from pathlib import Path

c = get_config()  # type: ignore[name-defined]  # noqa: F821
c.KernelSpecManager.allowed_kernelspecs = {"python3"}  # grading has one of its own
c.ServerApp.tornado_settings = {"websocket_max_message_size": 60_000_000}  # bytes; with 10 MB, larger uploads are lost
c.KernelManager.transport = "ipc"  # sockets in a folder that nobody else on this machine sees

# Where to begin; what a student has written into it stays.
begin = Path.home() / "START_HERE.ipynb"
if not os.path.lexists(begin):
    shutil.copyfile(Path(__file__).parent / begin.name, begin)
