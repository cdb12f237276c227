"""Execute a notebook as a student would with Run All: `python execute.py IN.ipynb OUT.ipynb`.

A script and not a function, so that a test can start it without network (`unshare --net`): there is no loopback then
either, and the kernel is reached through sockets in a folder.
"""

import sys
import tempfile
from pathlib import Path

import nbformat
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient

source, target = sys.argv[1:]
notebook = nbformat.read(source, as_version=4)
with tempfile.TemporaryDirectory() as folder:
    manager = AsyncKernelManager(kernel_name="python3", transport="ipc", ip=f"{folder}/kernel")
    client = NotebookClient(notebook, km=manager, timeout=300, allow_errors=True,
                            resources={"metadata": {"path": Path(source).parent}})
    # What a widget shows belongs to its cell here. nbclient would send it back to the kernel's widget, and on large
    # outputs it then misses the kernel's reply and waits for the time-out.
    client.widget_registry = {}
    client.execute()
nbformat.write(notebook, target)
