"""nbgrader's own doors lead to this pipeline: its commands that release, grade and give feedback, and the formgrader's.

`nbgrader_config.py` calls `plug_in`, and both read that file. nbgrader then still parses its command line, finds the
submissions, and reports: one line a submission in the log, an error for each that could not be graded, and exit code 1
or `success: false` if there was one. The others are graded all the same.
"""

import fnmatch
import logging
from pathlib import Path

from nbgrader.api import MissingEntry
from nbgrader.converters import Autograde, GenerateAssignment, GenerateFeedback
from nbgrader.converters.base import NbGraderException

_generate = GenerateAssignment.convert_notebooks


def plug_in() -> None:
    """Put the pipeline in place of the parts of nbgrader that run notebooks and write for students."""
    GenerateAssignment.convert_notebooks = _release
    Autograde.convert_notebooks = _grade
    GenerateFeedback.convert_notebooks = _give_feedback


def _release(self: GenerateAssignment) -> None:
    """Write releases, and let none stand that shows what students must not see."""
    from autograder.release import finish

    _generate(self)
    for assignment in self.assignments:
        source, directory = Path(assignment), self.coursedir
        try:
            finish(source, Path(directory.format_path(directory.release_directory, ".", source.name)))
        except ValueError as error:
            raise _refusal(self, str(error)) from error


def _grade(self: Autograde) -> None:
    """Grade what nbgrader was asked to grade; with `--force`, as the formgrader has it, also what was graded before."""
    from autograder.course import Course
    from autograder.grade import How, find_submissions, grade

    if self.config.get("Execute", {}).get("enabled", True) is False:
        raise _refusal(self, "--no-execute is not possible here: points come from checks that run while grading")
    course = Course(self.config)  # the formgrader has read its configuration after it made its `coursedir`
    assignment, wanted = self.coursedir.assignment_id, self.coursedir.student_id
    excluded = self.coursedir.student_id_exclude.split(",")
    try:
        found = [path for path in find_submissions(course.submitted, assignment)
                 if fnmatch.fnmatchcase(path.parent.name, wanted) and path.parent.name not in excluded]
        if not self.create_student:
            _must_know(course, found)
        done = grade(course, assignment, found, course.records, how=How(again=self.force))
    except (ValueError, OSError) as error:
        raise _refusal(self, str(error)) from error
    self.log.info("%d graded, %d had been graded before", len(done.graded), len(found) - len(done.graded))
    failed = [record for record in done.records.values() if not record["cells"]]
    for record in done.records.values():
        line = "%s: %g of %g, %s"
        words = "; ".join([record["status"], *record["flags"]])
        level = logging.ERROR if record in failed else logging.INFO
        self.log.log(level, line, record["student"], record["score"], record["max_score"], words)
    if failed:
        raise _refusal(self, f"{len(failed)} of {len(found)} submissions could not be graded: "
                             + ", ".join(record["student"] for record in failed))


def _give_feedback(self: GenerateFeedback) -> None:
    """Write the course's own pages. Those of nbgrader show the hidden tests."""
    from autograder.feedback import convert

    convert(self)


def _must_know(course, found: list[Path]) -> None:
    """Raise if the gradebook does not know somebody, as nbgrader does when it may not create students."""
    with course.gradebook() as gradebook:
        for path in found:
            try:
                gradebook.find_student(path.parent.name)
            except MissingEntry:
                raise ValueError(f"there is no student {path.parent.name!r} in the gradebook") from None


def _refusal(self: Autograde | GenerateAssignment, message: str) -> NbGraderException:
    """Log an error where nbgrader's users look for it, and return what nbgrader expects to be raised."""
    self.log.error(message)
    return NbGraderException(message)
