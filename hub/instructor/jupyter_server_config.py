"""How the instructor's Jupyter server works."""

import os
import shutil
from pathlib import Path

from hub import desk

c = get_config()  # type: ignore[name-defined]  # noqa: F821
desk.prepare(Path(os.environ["COURSE_ROOT"]))
os.chdir(Path(os.environ["COURSE_ROOT"]).parent)
begin = Path.home() / "START_HERE.ipynb"
if not os.path.lexists(begin):
    shutil.copyfile(Path(__file__).parent / begin.name, begin)
# The formgrader is a page within JupyterLab's, which JupyterHub forbids unless it is told.
c.ServerApp.tornado_settings = {"headers": {"Content-Security-Policy": "frame-ancestors 'self'"}}
