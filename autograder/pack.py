"""What every task of an assignment needs, as plain data that can be sent to another machine."""

from nbgrader.converters import Autograde
from nbgrader.coursedir import CourseDirectory
from traitlets import import_item
from traitlets.config import Config

from autograder.course import Course
from autograder.gradebook import template
from autograder.run import PATIENCE, Run
from autograder.task import Pack, code_version

MARGIN = 60
"""Seconds that a worker has for itself, on top of what a submission may take, before it is killed."""


def make_pack(course: Course, assignment: str, *, sandbox: bool, elsewhere: bool) -> Pack:
    """Return what all submissions to an assignment have in common.

    Parameters
    ----------
    course, assignment
        What to grade, released.
    sandbox : bool
        Whether students' code runs in the sandbox.
    elsewhere : bool
        Whether the workers may run other code than this process.

    Raises
    ------
    ValueError
        If the configuration would have nbgrader itself run students' code.
    """
    release = course.release / assignment
    name = f"{assignment}.ipynb"
    config = task_config(course.config)
    if not sandbox:
        config.setdefault("Execute", {})["kernel_name"] = "python3"
    return {"assignment": assignment, "released": (release / name).read_text(encoding="utf-8"),
            "files": {str(path.relative_to(release)): path.read_bytes()
                      for path in sorted(release.rglob("*")) if path.is_file() and path.suffix != ".ipynb"},
            "gradebook": template(course, assignment), "config": config, "sandbox": sandbox,
            "code": code_version() if elsewhere else ""}


def task_config(config: Config) -> dict:
    """Return what a task needs of the configuration: not where the course lies, and no password of anything else."""
    autograder = Autograde(config=config)
    steps = [step if isinstance(step, type) else import_item(step)
             for step in [*autograder.sanitize_preprocessors, *autograder.autograde_preprocessors]]
    names = {base.__name__ for step in [Autograde, CourseDirectory, *steps] for base in step.__mro__}
    if not any(issubclass(step, Run) for step in steps):
        raise ValueError("nbgrader's configuration is not the course's: `Autograde.autograde_preprocessors` is without "
                         "`autograder.run.Run` (nbgrader_config.py has it)")
    found = {name: dict(config[name]) for name in sorted(names) if name in config}
    places = ("root", "db_url", *(name for name in CourseDirectory.class_trait_names() if name.endswith("_directory")))
    for name in places:
        found.get("CourseDirectory", {}).pop(name, None)
    return found


def longest(course: Course) -> float:
    """Return the seconds after which a worker that still has the same submission must have lost its way."""
    run, execute = course.config.get("Run", {}), course.config.get("Execute", {})
    cell = execute.get("timeout", 30) + execute.get("iopub_timeout", 10) + PATIENCE
    return run.get("time_limit", 600) + cell + MARGIN
