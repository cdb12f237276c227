"""A lesson's notebook, read as exercises: solution cells and the test cells behind them.

Shape of a notebook (notebooks/README.md says it in full): a locked cell `setup` with the imports; for an
exercise `NAME` a solution cell with `grade_id` `NAME` and a test cell `NAME_test`. Test cells import everything
they use and end with `checks.run(NAME_test, points=...)`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
from nbformat import NotebookNode

if TYPE_CHECKING:
    from course_utils.checks import Checks

NOTEBOOKS = Path(__file__).resolve().parent.parent / "notebooks"


@dataclass(frozen=True)
class Exercise:
    """One exercise: its name, the instructor's solution, the source of its test cell and its points."""

    name: str
    solution: str
    test: str
    points: float


class Lesson:
    """The instructor's version of one assignment's notebook.

    Parameters
    ----------
    name : str
        The assignment: a folder of `notebooks/` that holds a notebook of the same name.
    folder : Path
        In place of `notebooks/`.

    Raises
    ------
    ValueError
        If there is no such assignment.
    """

    def __init__(self, name: str, *, folder: Path = NOTEBOOKS):
        self.name = name
        self.path = Path(folder) / name / f"{name}.ipynb"
        if not self.path.is_file():
            known = ", ".join(assignment_names(folder)) or "none"
            raise ValueError(f"there is no assignment {name!r}; there are: {known}")
        self.notebook: NotebookNode = nbformat.read(self.path, as_version=4)
        self.cells: dict[str, NotebookNode] = {
            cell.metadata.nbgrader.grade_id: cell for cell in self.notebook.cells if "nbgrader" in cell.metadata}

    @property
    def exercises(self) -> dict[str, Exercise]:
        """The autograded exercises by name, in the order of the notebook."""
        found = {}
        for grade_id, cell in self.cells.items():
            name = grade_id.removesuffix("_test")
            if name != grade_id and name in self.cells:
                found[name] = Exercise(name, self.cells[name].source, cell.source, cell.metadata.nbgrader.points)
        return found

    @property
    def code(self) -> dict[str, str]:
        """The set-up and the solution cells: name -> source."""
        return {grade_id: cell.source for grade_id, cell in self.cells.items()
                if cell.cell_type == "code" and not cell.metadata.nbgrader.grade}

    def namespace(self, answers: Mapping[str, str] | None = None) -> dict[str, object]:
        """Run the set-up and the solution cells in this process, and return the names that they define.

        Parameters
        ----------
        answers : mapping of str to str, optional
            Source to run in place of an exercise's solution: name -> source. Only for sources of this
            repository: nothing protects this process from them.
        """
        answers = answers or {}
        names: dict[str, object] = {"__name__": f"lesson_{self.name}"}
        for grade_id, source in self.code.items():
            exec(compile(answers.get(grade_id, source), f"<{self.name}/{grade_id}>", "exec"), names)
        return names

    def run_test(self, exercise: str, names: dict[str, object]) -> "Checks":
        """Run an exercise's test cell on the names of `namespace` and return its checks."""
        from course_utils import checks  # here: it brings PyTorch along, which a release can do without

        source = self.exercises[exercise].test
        # In the very names of the answer, as in a student's kernel.
        exec(compile(source, f"<{self.name}/{exercise}_test>", "exec"), names)
        return checks.REPORTED.pop()


def assignment_names(folder: Path = NOTEBOOKS) -> list[str]:
    """Return the names of all assignments: the lessons in teaching order, then the project's."""
    return sorted(path.parent.name for path in Path(folder).glob("*/*.ipynb") if path.stem == path.parent.name)


def lesson_names(folder: Path = NOTEBOOKS) -> list[str]:
    """Return the names of the lessons, in teaching order: the assignments whose answers stand in the notebook."""
    return [name for name in assignment_names(folder) if not name.startswith("project_")]
