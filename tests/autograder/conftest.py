"""One small class, released and graded once for all tests that only look at what came out."""

import copy
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
from nbformat import NotebookNode

from autograder.cli import main
from autograder.task import UNSAFE

sys.path.insert(0, str(Path(__file__).parent))
from postgres import postgres, server  # noqa: F401
from small_course import HOW, NAME, RIGHT, hand_in, position, set_source, write_course
from small_exchange import inbound, place  # noqa: F401


def _students(released: NotebookNode) -> dict[str, NotebookNode]:
    """Return what the students whose notebooks run hand in; each stands for several things that happen."""
    made = {name: copy.deepcopy(released) for name in ("right", "partial", "edited", "copied", "loops", "dies")}
    set_source(made["right"], half=RIGHT["half"], why="Because two is more than one.",
               double="import sys, warnings\ndef double(x):\n    warnings.warn('careful')\n"
                      "    print('hm', file=sys.stderr)\n    return x + x")
    set_source(made["partial"], double="def double(x):\n    return 2 * abs(x)",
               half="def half(x):\n    raise ValueError('<script>alert(1)</script>')")
    set_source(made["edited"], double_test="assert True", half=RIGHT["half"], setup="TWO = 3")
    del made["edited"].cells[position(made["edited"], "half_test")]
    copied = made["copied"]
    set_source(copied, half=RIGHT["half"], double="def double(x):\n    return 0")
    second = copy.deepcopy(copied.cells[position(copied, "double")])
    second.source = RIGHT["double"]
    copied.cells.insert(position(copied, "double") + 1, second)
    copied.cells.append(copy.deepcopy(copied.cells[position(copied, "half_test")]))
    for cell in copied.cells:
        if "nbgrader" in cell.metadata:
            cell.metadata.nbgrader.schema_version = 99
    copied.cells[-1].metadata.tags = ["skip-execution"]
    set_source(made["loops"], half=RIGHT["half"], why="Because.",
               double="def double(x):\n    while True:\n        pass")
    set_source(made["dies"], double=RIGHT["double"], half="import os\ndef half(x):\n    os._exit(1)")
    return made


@pytest.fixture(scope="session")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimpleNamespace]:
    """A course with one lesson and nine submissions, graded through the command line."""
    folder = write_course(tmp_path_factory.mktemp("course"))
    root = folder / "root"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COURSE_ROOT", str(root))
        patch.setenv("PATH", os.environ["PATH"])
        patch.chdir(folder)
        assert main(["release"]) == 0
        released = nbformat.read(root / "release" / NAME / f"{NAME}.ipynb", as_version=4)
        for student, notebook in _students(released).items():
            hand_in(root / "submitted", student, notebook)
        hand_in(root / "submitted", "broken", '{"cells": [')
        hand_in(root / "submitted", "misnamed", released, "homework.ipynb")
        linked = hand_in(root / "submitted", "linked", released)
        (linked / "data").symlink_to(root / "gradebook.db")
        (root / "submitted" / "right" / NAME / "numpy.py").write_text("raise SystemExit")
        assert main(["grade", NAME, *HOW]) == 0
        records = {path.stem: json.loads(path.read_text()) for path in (root / "records" / NAME).glob("*.json")}
        for record in records.values():
            record["flags"] = [flag for flag in record["flags"] if flag != UNSAFE]
        yield SimpleNamespace(folder=folder, root=root, released=released, records=records)
