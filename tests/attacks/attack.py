"""Read an attack from its file and turn it into what a student hands in."""

import copy
import json
import re
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

HERE = Path(__file__).parent
ANSWERS = HERE.parent / "answers"
LESSON = "01_spectrograms"

PRELUDE = """# What an attacker may know of the machine, at worst, and what he got hold of.
HOST = {host!r}
import os
inside = not os.path.exists("/proc/%d" % HOST["victim"])  # only then is it safe to strike out
loot = []
"""
TROPHY = """# This exercise is answered only if the attack got hold of something.
{answer}


_{name} = {name}


def {name}(*arguments, **options):
    if not loot:
        raise ValueError("nothing was found")
    print("loot:", [str(item)[:200] for item in loot])
    return _{name}(*arguments, **options)
"""


@dataclass
class Attack:
    """A hostile notebook, and what its honest part is worth.

    `answers` are exercises with a right answer, `trophies` those with a right answer that is given only if the cells
    of the attack put something in the list `loot`.
    """

    name: str
    story: str
    cells: list[tuple[str, str]]
    lesson: str = LESSON
    answers: list[str] = field(default_factory=list)
    trophies: list[str] = field(default_factory=list)
    honest: float | None = None
    status: list[str] = field(default_factory=lambda: ["graded"])
    small_limits: bool = False
    needs_sandbox: bool = False
    copies: int = 1

    @classmethod
    def read(cls, path: Path) -> "Attack":
        """Read an attack: a docstring, comments `# Key: value`, and cells behind lines `# %% PLACE`."""
        head, *parts = re.split(r"^# %% (.+)\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        keys = dict(re.findall(r"^# (\w+): (.+)$", head, re.MULTILINE))

        def names(key: str) -> list[str]:
            return re.split(r",\s*", keys.pop(key)) if key in keys else []

        attack = cls(path.stem, re.findall(r'"""(.+?)"""', head, re.DOTALL)[0].strip(),
                     [(place.strip(), source.strip()) for place, source in zip(parts[::2], parts[1::2], strict=True)],
                     answers=names("Answers"), trophies=names("Trophy"), lesson=keys.pop("Lesson", LESSON))
        attack.status = names("Status") or attack.status
        attack.honest = float(re.match(r"[\d.]*\d", keys.pop("Honest"))[0]) if "Honest" in keys else None
        attack.small_limits = keys.pop("Limits", "") == "small"
        attack.needs_sandbox = keys.pop("Needs", "") == "sandbox"
        attack.copies = int(keys.pop("Copies", 1))
        if keys:
            raise ValueError(f"{path.name}: nobody knows what {', '.join(keys)} means")
        return attack

    @property
    def students(self) -> list[str]:
        """Who hands it in."""
        return [self.name] if self.copies == 1 else [f"{self.name}-{number}" for number in range(1, self.copies + 1)]

    def worth(self, points: dict[str, float]) -> float:
        """Return what the honest part earns, given the points of the exercises."""
        return sum(points[name] for name in self.answers) if self.honest is None else self.honest

    def notebook(self, released: NotebookNode, host: dict) -> NotebookNode:
        """Return what is handed in."""
        made = without_demos(released)
        at(made, "setup", offset=1).insert(new_code_cell(PRELUDE.format(host=host)))
        for exercise in self.answers:
            at(made, exercise).cell.source = right_answer(self.lesson, exercise)
        for exercise in self.trophies:
            source = TROPHY.format(name=exercise, answer=right_answer(self.lesson, exercise))
            at(made, exercise).cell.source = source
        behind: dict[str, int] = {}
        for place, source in self.cells:
            where, _, name = place.rpartition(" ")
            if name == "last":
                made.cells.append(new_code_cell(source))
            elif where == "before":
                at(made, name).insert(new_code_cell(source))
            elif where == "after":
                behind[name] = behind.get(name, 0) + 1
                at(made, name, offset=behind[name]).insert(new_code_cell(source))
            elif at(made, name).cell.source != at(released, name).cell.source:
                raise ValueError(f"{self.name}: {name} is answered twice")
            else:
                at(made, name).cell.source = source
        return made


@dataclass
class Place:
    """A place in a notebook."""

    notebook: NotebookNode
    index: int

    @property
    def cell(self) -> NotebookNode:
        """The cell that is there."""
        return self.notebook.cells[self.index]

    def insert(self, cell: NotebookNode) -> None:
        """Put a cell in front of it."""
        self.notebook.cells.insert(self.index, cell)


def at(notebook: NotebookNode, name: str, *, offset: int = 0) -> Place:
    """Find a cell by the name that nbgrader knows it by."""
    return Place(notebook, offset + next(index for index, cell in enumerate(notebook.cells)
                                         if cell.metadata.get("nbgrader", {}).get("grade_id") == name))


def right_answers(lesson: str, exercise: str) -> list[str]:
    """Return all right answers to an exercise that the tests know."""
    return [path.read_text(encoding="utf-8").strip()
            for path in sorted((ANSWERS / lesson / exercise).glob("right_*.py"))]


def right_answer(lesson: str, exercise: str) -> str:
    """Return one right answer to an exercise."""
    return right_answers(lesson, exercise)[0]


def exercises(notebook: NotebookNode) -> dict[str, float]:
    """Return the exercises that a program grades, with their points."""
    meta = [cell.metadata.nbgrader for cell in notebook.cells if "nbgrader" in cell.metadata]
    return {cell.grade_id.removesuffix("_test"): cell.points for cell in meta if cell.grade and not cell.solution}


def without_demos(released: NotebookNode) -> NotebookNode:
    """Return a copy of a notebook without the lesson's demos: they take time, and prove nothing of an attack."""
    made = copy.deepcopy(released)
    made.cells = [cell for cell in made.cells if "nbgrader" in cell.metadata]
    return made


def honest(released: NotebookNode, lesson: str, variant: int) -> NotebookNode:
    """Return a notebook with right answers to everything; another `variant` has others, where there are any."""
    made = copy.deepcopy(released)
    for exercise in exercises(released):
        found = right_answers(lesson, exercise)
        at(made, exercise).cell.source = found[variant % len(found)]
    return made


def hand_in(folder: Path, notebook: NotebookNode | str | bytes, name: str) -> Path:
    """Write a submission."""
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(notebook) if isinstance(notebook, NotebookNode) else notebook
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    return folder


def read_notebook(path: Path) -> NotebookNode:
    """Read a notebook."""
    return nbformat.read(path, as_version=4)
