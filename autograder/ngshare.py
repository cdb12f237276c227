"""Release to and collect from ngshare, the exchange of a cluster whose servers share no disk.

`hub/instructor/nbgrader_config.py` puts these two in place of the plugin's own where COURSE_EXCHANGE is an address.

ngshare is a service of the hub. Who hands in is told by the hub, and when by the clock of ngshare: a student can set
neither. Names, sizes and contents of files are the student's, as in any other exchange.
"""

import base64
import binascii
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from ngshare_exchange import ExchangeCollect, ExchangeReleaseAssignment

from autograder.collect import MOST_LOOKED_AT, Outcome, due_date, fell, take_newest, tell
from autograder.course import Course
from autograder.files import IGNORED, Found, FullError, shown, student_problem, wanted
from autograder.incoming import HERE, REFUSED, Incoming, read_json
from autograder.stage import RECEIPT


class Collect(ExchangeCollect):
    """The plugin's collector, with what was handed in checked before anything is written.

    After `start`, `outcomes` says what became of each.
    """

    def init_src(self) -> None:
        """Ask who has handed in what, and when."""
        if self.coursedir.course_id == "":
            self.fail("No course id: set c.CourseDirectory.course_id in nbgrader_config.py, or use --course.")
        self.course = Course(self.config)
        self.src_records: dict[str, list[datetime]] = {}
        for entry in self._ask(f"submissions/{self._place}")["submissions"]:
            if self.coursedir.student_id in ("", "*", entry["student_id"]):
                self.src_records.setdefault(entry["student_id"], []).append(_time(entry["timestamp"]))
        due = due_date(self.coursedir) if self.before_duedate else None
        for times in self.src_records.values():
            times.sort(key=lambda time: (due is not None and time <= due, time), reverse=True)

    def copy_files(self) -> None:
        """Take in the newest good submission of each student, and keep what is refused."""
        self.outcomes: list[Outcome] = []
        for student, times in sorted(self.src_records.items()):
            try:
                self.outcomes += self._collect(student, times)
            except Exception as error:  # whatever somebody has thought of, the others' work is wanted
                self.outcomes.append(fell(student, error))
        tell(self.outcomes, self.log)
        if not self.src_records:
            self.log.warning("No submissions of %r for course %r to collect",
                             self.coursedir.assignment_id, self.coursedir.course_id)

    @property
    def _place(self) -> str:
        return f"{self.coursedir.course_id}/{self.coursedir.assignment_id}"

    def _ask(self, path: str, **parameters: str) -> dict[str, Any]:
        answer = self.ngshare_api_get(f"/{path}", params=parameters)
        if answer is None:
            self.fail(f"ngshare ({self.ngshare_url}) does not answer, or refuses: see the line above. Is the course "
                      "there, and are you its instructor (ngshare-course-management)?")
        return answer

    def _collect(self, student: str, times: list[datetime]) -> list[Outcome]:
        """Collect one student's work; what is here already is not loaded once more, for on ngshare nothing changes."""
        if problem := student_problem(student):
            return [Outcome(shown(student), "", times[0], REFUSED, [f"this cannot be a student's name: {problem}"])]
        here = read_json(self.course.submitted / student / self.coursedir.assignment_id / RECEIPT)
        if here.get("origin") == _origin(times[0]):
            return [Outcome(student, _origin(times[0]), times[0], HERE, [])]
        return take_newest(self.course, self._read(student, times[:MOST_LOOKED_AT]), update=self.update)

    def _read(self, student: str, times: list[datetime]) -> Iterator[Incoming]:
        """Read a student's submissions, each when it is asked for."""
        for time in times:
            answer = self._ask(f"submission/{self._place}/{quote(student)}", timestamp=_written(time))
            yield Incoming(student, self.coursedir.assignment_id, _origin(time), read_answer(answer["files"]), time)


class ReleaseAssignment(ExchangeReleaseAssignment):
    """The plugin's release, which costs nobody his work, and says so where it fails.

    ngshare cannot exchange the files of an assignment: it deletes it, with all that was handed in, and makes it anew.
    """

    def copy_files(self) -> None:
        """Release an assignment, again only as long as nobody has handed in."""
        course, assignment = self.coursedir.course_id, self.coursedir.assignment_id
        if assignment in self._released():
            handed_in = self.ngshare_api_get(f"/submissions/{course}/{assignment}")
            if handed_in is None or handed_in["submissions"]:
                self.fail(f"{assignment} stays as it was released: students have handed it in, and ngshare would "
                          "delete that with the old release. Give the mended lesson another name, or tell the students "
                          "what to change; tests that were mended only grade again (python -m autograder regrade)")
        if self.assignment_exists() or self.ngshare_api_post(self.dest_path, self.encode_dir(self.src_path)) is None:
            self.fail(f"{assignment} was not released: see the lines above")
        if assignment not in self._released():
            self.fail(f"{assignment} was not released: ngshare took it and has not kept it, and so it would do with "
                      "what students hand in. It must run with the packages of hub/cluster/ngshare.lock")

    def _released(self) -> list[str]:
        course = self.coursedir.course_id
        known = self.ngshare_api_get(f"/assignments/{course}")
        if known is None:
            self.fail(f"ngshare ({self.ngshare_url}) does not answer, or has no course {course} with you as its "
                      "instructor: ngshare-course-management create_course")
        return known["assignments"]


def read_answer(files: list[dict[str, str]]) -> Found:
    """Read the files of a submission as ngshare sends them: paths, and contents in base 64."""
    found = Found()
    try:
        for file in sorted(files, key=lambda file: file["path"]):
            path = file["path"]
            if IGNORED & set(path.split("/")) or not found.takes(path):
                continue
            size = len(file["content"]) * 3 // 4
            if not wanted(path):
                found.left_out[path] = size
            elif size > found.largest + 2:
                found.reasons.append(f"{path} has {size / 1e6:.0f} MB, more than {found.largest / 1e6:.0f}")
            else:
                found.keep(path, base64.b64decode(file["content"]))
    except FullError as full:
        found.reasons.append(str(full))
    except binascii.Error as error:
        found.reasons.append(f"it cannot be read: {error}")
    return found


def _time(text: str) -> datetime:
    """Read a time as ngshare writes it, in UTC whether it says so or not."""
    return datetime.strptime(text.removesuffix("UTC").strip(), "%Y-%m-%d %H:%M:%S.%f").replace(tzinfo=UTC)


def _written(time: datetime) -> str:
    return time.strftime("%Y-%m-%d %H:%M:%S.%f")


def _origin(time: datetime) -> str:
    return f"ngshare {_written(time)}"
