"""The course as nbgrader sees it: its folders, its gradebook, and nbgrader's own steps run in this process."""

import hmac
import json
import logging
import os
import secrets
import warnings
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import NamedTemporaryFile

import nbgrader.api
from alembic.script import ScriptDirectory
from nbgrader.api import Gradebook
from nbgrader.converters import BaseConverter, GenerateAssignment
from nbgrader.coursedir import CourseDirectory
from nbgrader.dbutil import ALEMBIC_DIR
from sqlalchemy.exc import SAWarning
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

CONFIG = "nbgrader_config.py"

# Every gradebook is stamped with its version. nbgrader starts `alembic` to look it up, which takes seconds.
nbgrader.api.get_alembic_version = lambda: ScriptDirectory(ALEMBIC_DIR).get_current_head()


@dataclass(frozen=True)
class Course:
    """The folders of one course and nbgrader's configuration for it."""

    config: Config

    @classmethod
    def load(cls) -> "Course":
        """Read nbgrader's configuration: the current folder's, else the one beside this package.

        Raises
        ------
        ValueError
            If there is neither.
        """
        folders = [Path.cwd(), Path(__file__).resolve().parent.parent]
        for folder in folders:
            if (folder / CONFIG).is_file():
                course = cls(PyFileConfigLoader(CONFIG, path=str(folder)).load_config())
                course._log_to_file()
                return course
        raise ValueError(f"there is no {CONFIG} in {folders[0]}: run this from the course's folder")

    @cached_property
    def _directory(self) -> CourseDirectory:
        return CourseDirectory(config=self.config)

    @property
    def root(self) -> Path:
        """Where everything lies that is not a lesson's source."""
        return Path(self._directory.root)

    @property
    def source(self) -> Path:
        """The instructor's notebooks."""
        return (self.root / self._directory.source_directory).resolve()

    @property
    def release(self) -> Path:
        """The students' versions, and what a submission is compared with."""
        return self.root / self._directory.release_directory

    @property
    def submitted(self) -> Path:
        """What came in."""
        return self.root / self._directory.submitted_directory

    @property
    def autograded(self) -> Path:
        """Submissions after they ran, with their outputs."""
        return self.root / self._directory.autograded_directory

    @property
    def feedback(self) -> Path:
        """The pages that students get back."""
        return self.root / self._directory.feedback_directory

    @property
    def records(self) -> Path:
        """One JSON file for each submission."""
        return self.root / "records"

    @property
    def log(self) -> Path:
        """What nbgrader has to say."""
        return self.root / "autograder.log"

    @property
    def unmerged(self) -> Path:
        """Notes on what was graded and is not in the gradebook yet."""
        return self.root / "unmerged"

    def gradebook(self) -> Gradebook:
        """Open nbgrader's gradebook; use it as a context manager."""
        return Gradebook(self._directory.db_url, self._directory.course_id)

    def has_gradebook(self) -> bool:
        """Tell whether a gradebook exists, without creating one."""
        url = self._directory.db_url
        return not url.startswith("sqlite:///") or Path(url.removeprefix("sqlite:///")).is_file()

    def secret(self) -> str:
        """Return the secret from which the inputs of all tests derive. Releasing makes it.

        Raises
        ------
        ValueError
            If somebody else could have read it.
        """
        path = self.root / "secret"
        if not path.exists():
            with NamedTemporaryFile("w", dir=self.root, prefix="secret-", encoding="ascii") as file:  # 0600
                file.write(secrets.token_hex(32))
                file.flush()
                with suppress(FileExistsError):  # whole or not at all, and never a second one
                    os.link(file.name, path)
        if path.stat().st_mode & 0o077:
            raise ValueError(f"{path} can be read by others, who could work out the tests' inputs: delete it, and "
                             f"a new one is made (a second round then draws other inputs); or `chmod 600 {path}`")
        return path.read_text(encoding="ascii")

    def seed(self, assignment: str, student: str, submission_sha256: str) -> str:
        """Return what the inputs of one submission's tests are drawn from: the same on a re-grade, nobody else's."""
        message = json.dumps([assignment, student, submission_sha256]).encode()
        return hmac.digest(self.secret().encode(), message, "sha256").hex()

    def alias(self, assignment: str, student: str) -> str:
        """Return the number under which a student is on a public page; only the course can tell whose it is."""
        digits = self.seed(assignment, student, "alias")[:8]
        return f"{digits[:4]}-{digits[4:]}"

    def generate_assignment(self, assignment: str) -> None:
        """Write an assignment's release and enter its cells in the gradebook, as `nbgrader generate_assignment`.

        Raises
        ------
        RuntimeError
            With nbgrader's reason, if it cannot.
        """
        directory = CourseDirectory(config=self.config, assignment_id=assignment)
        start(GenerateAssignment(coursedir=directory, config=self.config))

    def _log_to_file(self) -> None:
        """Send nbgrader's messages to the log file of the course root instead of the terminal."""
        handler = logging.FileHandler(self.log)
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        logger = logging.getLogger("traitlets")
        for other in logger.handlers:
            other.close()
        logger.handlers = [handler]
        logger.setLevel(logging.INFO)
        logger.propagate = False


def start(converter: BaseConverter) -> None:
    """Run one of nbgrader's converters.

    Raises
    ------
    RuntimeError
        With the reason, if it fails.
    """
    converter.force = True
    errors = _Errors()
    converter.log.addHandler(errors)
    try:
        with warnings.catch_warnings(action="ignore", category=SAWarning):  # how nbgrader uses its database works
            converter.start()
    except Exception as error:
        # nbgrader logs what happened, and then raises something that says no more than that it did.
        raise RuntimeError(errors.reason or f"{type(error).__name__}: {error}") from error
    finally:
        converter.log.removeHandler(errors)


class _Errors(logging.Handler):
    """Remembers the last line of the first traceback that is logged: the reason why a step failed."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.reason = ""

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage().strip()
        if message.startswith("Traceback") and not self.reason:
            self.reason = message.splitlines()[-1]
