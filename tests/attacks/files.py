"""Attacks by the files of a submission: links, pipes, programs, things of the wrong size, odd names of students.

Each function gets the folder `<student>/<assignment>`, which holds a notebook with a right answer to exercise 1.6, and
what an attacker knows of the machine.
"""

import io
import os
import pickle
import socket
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

FILES: list["Files"] = []


@dataclass
class Files:
    """Hostile files, what the honest part is worth, and how the record may end."""

    name: str
    story: str
    add: Callable[[Path, dict], None]
    honest: float
    status: tuple[str, ...]


def files(*status: str, honest: float = 0.0) -> Callable:
    """Enter a function as an attack."""
    def enter(add: Callable) -> Callable:
        FILES.append(Files(add.__name__, add.__doc__.splitlines()[0], add, honest, status or ("needs_review",)))
        return add
    return enter


def notebook(folder: Path) -> Path:
    """Return the path of the notebook."""
    return folder / f"{folder.name}.ipynb"


@files()
def files_link_to_the_gradebook(folder, host):
    """A link to the gradebook, to have it copied to where one can read it."""
    (folder / "voice.wav").symlink_to(f"{host['root']}/gradebook.db")


@files()
def files_notebook_is_a_link(folder, host):
    """The notebook is a link to another student's."""
    notebook(folder).unlink()
    notebook(folder).symlink_to(f"{host['root']}/submitted/a_honest/{folder.name}/{folder.name}.ipynb")


@files()
def files_folder_is_a_link(folder, host):
    """A folder in the submission is a link to the root of the file system."""
    (folder / "data").symlink_to("/")


@files()
def files_pipe(folder, host):
    """A pipe in place of a file: who opens it waits for ever."""
    os.mkfifo(folder / "voice.wav")


@files()
def files_pipe_for_a_notebook(folder, host):
    """A pipe in place of the notebook."""
    notebook(folder).unlink()
    os.mkfifo(notebook(folder))


@files()
def files_socket(folder, host):
    """A socket in place of a file."""
    here = os.getcwd()
    os.chdir(folder)  # a socket's path may not be longer than 107 bytes
    try:
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind("x.png")
    finally:
        os.chdir(here)


@files()
def files_folder_for_a_notebook(folder, host):
    """A folder in place of the notebook."""
    notebook(folder).unlink()
    notebook(folder).mkdir()


@files()
def files_too_large(folder, host):
    """A file of 8 TB that takes no room."""
    with open(folder / "weights.safetensors", "wb") as file:
        file.truncate(8 << 40)


@files()
def files_too_large_notebook(folder, host):
    """A notebook of 3 GB that takes no room."""
    with open(notebook(folder), "ab") as file:
        file.truncate(3 << 30)


@files("graded", "needs_review", honest=1.0)
def files_programs(folder, host):
    """Modules and start-up files that shadow the grader's own, and a configuration."""
    code = f"open('/tmp/{host['note']}-imported', 'w').write('x')\n"
    for name in ("numpy.py", "torch.py", "course_utils.py", "sitecustomize.py", "usercustomize.py",
                 "nbgrader_config.py", "ipython_config.py", "jupyter_config.py", "conftest.py", "autograder.py",
                 ".ipython/startup/00.py",
                 "course_utils/__init__.py", "torch/__init__.py", ".env", "numpy.so", "x.pth",
                 ".git/hooks/post-checkout"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(code)


@files("graded", "needs_review", honest=1.0)
def files_archives_and_pickles(folder, host):
    """A pickle with the name of weights, a zip bomb, names that lead out of the folder."""
    class Boom:
        def __reduce__(self):
            return os.system, (f"touch /tmp/{host['note']}-unpickled",)

    (folder / "model.safetensors").write_bytes(pickle.dumps(Boom()))
    (folder / "model.pt").write_bytes(pickle.dumps(Boom()))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../../bomb", b"\0" * 50_000_000)
    (folder / "bomb.zip").write_bytes(packed.getvalue())
    (folder / "..%2f..%2fx.wav").write_bytes(b"RIFF")
    (folder / "<img src=x onerror=attack()>.png").write_bytes(b"no image")


@files("graded", "needs_review", honest=1.0)
def files_time_of_the_student(folder, host):
    """A time stamp of one's own, long before the course began, in a zone of one's own."""
    (folder / "timestamp.txt").write_text("0001-01-01 00:00:00.000000 UTC-99:99")


@files("graded", "needs_review", honest=1.0)
def files_time_that_is_none(folder, host):
    """A time stamp that cannot be read."""
    (folder / "timestamp.txt").write_bytes(b"\xff9999-99-99 tomorrow" * 1000)


STUDENTS = ["<img src=x onerror=attack()>", "=cmd|' -C calc'!A0", "-rf", "a b", "a'; DROP TABLE student; --",
            "%2e%2e%2f", "\u202egro.lli", "$(touch attack)", "{{7*7}}", "n" * 200, "two\nlines", "*",
            "con\x1b[2J", "a,b;c\"d", "é"]
"""Names of students. What they hand in is nothing, so that the names alone are tried, wherever they are shown."""
