"""Collect from nbgrader's exchange: only what its student owns, at the time that the server's clock says.

With `c.ExchangeFactory.collect = "autograder.exchange.Collect"` this is what `nbgrader collect` and the formgrader do.

The name of a submission's folder, `timestamp.txt` and the times of files are the student's to write. Two things are
not: who owns a file, and when the file system last saw it change (`ctime`). So a submission was handed in when the
newest of its files or folders last changed. Nobody can set that back; a student who touches what he has handed in
makes it later; and so would an administrator who changes owners or restores a backup, for everybody.

This clock is exact to half a minute: of writes to a file that is mapped into memory, Linux notices the first, and the
next one only after it has brought the file to the disk, which it does every 30 seconds or so. In a file system that
has no disk, such as tmpfs, it never does. Work from there is taken in with a warning: its time proves nothing.
"""

import os
import stat
from collections import Counter
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange import ExchangeError, ExchangeFactory
from nbgrader.exchange.default import ExchangeCollect

from autograder.collect import MOST_LOOKED_AT, Outcome, due_date, fell, take, take_newest, tell
from autograder.course import Course
from autograder.files import LARGEST, Found, open_folder, read_folder, shown, student_problem, user_name, wanted
from autograder.incoming import REFUSED, WARNING, Incoming
from autograder.refused import LARGEST_FORGED, MOST_FORGED, known_students

SECRET = "submission_secret.txt"
"""By this nbgrader gives feedback back to who handed in."""

IN_MEMORY = {"tmpfs", "ramfs"}
"""File systems without a disk."""


class Collect(ExchangeCollect):
    """nbgrader's collector, with a person's hand-ins checked before anything is copied.

    After `start`, `outcomes` says what became of each.
    """

    def init_src(self) -> None:
        """Find the submissions, once it is clear that nobody can have meddled with their folder."""
        if self.coursedir.course_id == "":
            self.fail("No course id: set c.CourseDirectory.course_id in nbgrader_config.py, or use --course.")
        self.course = Course(self.config)
        self.inbound_path = os.path.join(self.root, self.coursedir.course_id, "inbound")
        if not os.path.isdir(self.inbound_path):
            self.fail(f"Course not found: {self.inbound_path}")
        problems = open_doors(Path(self.root), self.coursedir.course_id, shared=self.coursedir.groupshared)
        problems += readable(self.course)
        if problems:
            self.fail("\n".join(["This must not be collected from before these are put right:", *problems]))
        self.src_records = self._by_student()
        self.kind = file_system(Path(self.inbound_path))

    def copy_files(self) -> None:
        """Take in the newest good submission of each student, and keep what is refused."""
        self.outcomes: list[Outcome] = []
        self.forged: Counter[int] = Counter()
        inbound = open_folder(Path(self.inbound_path))
        try:
            # Everybody's own work first: then it is known who is a student when it comes to work in his name.
            for collect in (self._own, self._forged):
                for student, entries in sorted(self.src_records.items()):
                    try:
                        self.outcomes += collect(inbound, student, entries)
                    except Exception as error:  # whatever somebody has thought of, the others' work is wanted
                        self.outcomes.append(fell(student, error))
        finally:
            os.close(inbound)
        self.outcomes.sort(key=lambda outcome: outcome.student)
        self.outcomes += [Outcome("?", "", None, REFUSED, [
            f"{user_name(uid)} has {count} submissions in other people's names, of which {MOST_FORGED} were looked at"])
            for uid, count in self.forged.items() if count > MOST_FORGED]
        if self.kind in IN_MEMORY:
            self.outcomes.insert(0, Outcome("everybody", "", None, WARNING, [
                f"{self.root} lies on {self.kind}, in memory, where a file can be changed after the deadline without a "
                "trace: bring the exchange (c.Exchange.root) to a disk"]))
        tell(self.outcomes, self.log)
        if not self.src_records:
            self.log.warning("No submissions of %r for course %r to collect",
                             self.coursedir.assignment_id, self.coursedir.course_id)

    def _by_student(self) -> dict[str, list[tuple[float, str, int]]]:
        """Return by student what is in the exchange: when it came, its name and its owner, the newest first."""
        found: dict[str, list[tuple[float, str, int]]] = {}
        only = self.coursedir.student_id
        with os.scandir(self.inbound_path) as entries:
            for entry in entries:
                student = self._student(entry.name)
                if student and only in ("", "*", student):
                    try:
                        status = entry.stat(follow_symlinks=False)
                    except FileNotFoundError:  # it was there a moment ago
                        continue
                    found.setdefault(student, []).append((status.st_ctime, entry.name, status.st_uid))
        date = due_date(self.coursedir) if self.before_duedate else None
        due = date.timestamp() if date else None
        for entries_of_student in found.values():
            entries_of_student.sort(key=lambda one: (due is not None and one[0] <= due, one[0]), reverse=True)
        return found

    def _student(self, name: str) -> str:
        """Return whose a submission claims to be: `student+assignment+time+random`, the last of which may be off."""
        for parts in (name.rsplit("+", 3), name.rsplit("+", 2)):
            if len(parts) > 2 and parts[1] == self.coursedir.assignment_id and not student_problem(parts[0]):
                return parts[0]
        return ""

    @cached_property
    def _known(self) -> set[str]:
        return known_students(self.course)

    def _owned(self, uid: int, student: str) -> bool:
        return not self.check_owner or user_name(uid) == student

    def _own(self, inbound: int, student: str, entries: list[tuple[float, str, int]]) -> list[Outcome]:
        """Take in the newest of a student's own that can be, and refuse what is newer than that."""
        own = [(name, uid) for _, name, uid in entries if self._owned(uid, student)][:MOST_LOOKED_AT]
        return take_newest(self.course, (self._read(inbound, student, name, uid if self.check_owner else None)
                                         for name, uid in own), update=self.update)

    def _forged(self, inbound: int, student: str, entries: list[tuple[float, str, int]]) -> list[Outcome]:
        """Refuse what others handed in under a student's name. Who does so often is looked at a few times only."""
        outcomes: list[Outcome] = []
        told: set[int] = set()
        for _, name, uid in [entry for entry in entries if not self._owned(entry[2], student)]:
            self.forged[uid] += 1
            if self.forged[uid] <= MOST_FORGED:
                incoming = self._read(inbound, student, name, uid, forged=True)
            elif student in self._known and uid not in told:
                incoming = Incoming(student, self.coursedir.assignment_id, shown(name), Found())
            else:
                continue
            told.add(uid)
            incoming.owner = user_name(uid)
            incoming.known = student in self._known
            notebook = f"{self.coursedir.assignment_id}.ipynb"
            if notebook not in incoming.found.files or any(map(wanted, incoming.found.left_out)):
                incoming.rest = os.path.join(self.inbound_path, incoming.origin)
            incoming.found.reasons.insert(0, f"it belongs to {incoming.owner}, not to {student}")
            outcomes.append(take(self.course, incoming))
        return outcomes

    def _read(self, inbound: int, student: str, name: str, owner: int | None, *, forged: bool = False) -> Incoming:
        """Read one submission; of a forged one, the notebook."""
        def needed(path: str) -> bool:
            return path == SECRET or (path == f"{self.coursedir.assignment_id}.ipynb" if forged else wanted(path))

        try:
            found = read_folder(open_folder(inbound, name), needed, owner=owner,
                                largest=LARGEST_FORGED if forged else LARGEST)
        except (ValueError, OSError) as error:
            found = Found(reasons=[f"it cannot be read: {error}"])
        secret = found.files.get(SECRET, b"")
        if len(secret) > 1000 or not secret.isalnum():
            found.files.pop(SECRET, None)
        found.left_out.pop("timestamp.txt", None)
        received = datetime.fromtimestamp(found.changed, UTC) if found.changed else None
        notes = [] if self.check_owner else ["taken in without a look at its owner (ExchangeCollect.check_owner)"]
        if self.kind in IN_MEMORY:
            notes.append(f"when it was handed in is not certain: the exchange lies on {self.kind}")
        return Incoming(student, self.coursedir.assignment_id, shown(name), found, received, notes=notes)


def collect_exchange(course: Course, assignment: str) -> list[Outcome]:
    """Collect submissions to an assignment from the exchange that nbgrader's configuration names.

    Raises
    ------
    ValueError
        If the exchange is not there, or open to changes by others.
    """
    directory = CourseDirectory(config=course.config, assignment_id=assignment)
    collector = ExchangeFactory(config=course.config).Collect(coursedir=directory)
    collector.update = True
    if type(collector) is Collect and not os.path.isdir(collector.root):
        raise ValueError(f"there is no exchange in {collector.root}: c.Exchange.root in nbgrader_config.py names it; a "
                         "download from Moodle or Canvas is taken in with --from FILE")
    try:
        collector.start()
    except ExchangeError as error:
        raise ValueError(str(error)) from None
    return collector.outcomes


def open_doors(root: Path, course_id: str, *, owner: int | None = None, shared: bool = False) -> list[str]:
    """Return through which folders of an exchange others could change, swap or list what was handed in.

    Parameters
    ----------
    root : Path
        The exchange.
    course_id : str
        The course's folder in it.
    owner : int, optional
        The user whose course it is, by default the one who asks.
    shared : bool
        Whether the course's group may write (`CourseDirectory.groupshared`).
    """
    others = stat.S_IWOTH | (0 if shared else stat.S_IWGRP)
    problems = []
    for folder in [root, *root.resolve().parents]:
        mode = folder.stat().st_mode
        if mode & stat.S_IWOTH and not mode & stat.S_ISVTX:
            problems.append(f"in {folder} everybody can rename what belongs to others: "
                            f"chmod {mode & 0o7777 | 0o1000:o} {folder}")
    course = root / course_id
    for folder, wanted_mode in ((course, "755"), (course / "outbound", "755"), (course / "feedback", "711")):
        if folder.is_dir() and folder.stat().st_mode & others:
            problems.append(f"others can write to {folder}: chmod {wanted_mode} {folder}")
    inbound = course / "inbound"
    if inbound.stat().st_mode & (stat.S_IROTH | (0 if shared else stat.S_IRGRP)):
        problems.append(f"others can list {inbound}: chmod 3733 {inbound}")
    owner = os.geteuid() if owner is None else owner
    for folder in (root, course, inbound):
        if folder.stat().st_uid not in (0, owner) and not shared:
            problems.append(f"{folder} belongs to {user_name(folder.stat().st_uid)}: chown {user_name(owner)} {folder}")
    return problems


def readable(course: Course) -> list[str]:
    """Return which folders with solutions, submissions or grades others can read."""
    return [f"others can look into {folder}: chmod 700 {folder}" for folder in (course.root, course.source)
            if folder.is_dir()
            and all(place.stat().st_mode & stat.S_IXOTH for place in (folder, *folder.resolve().parents))]


def file_system(folder: Path) -> str:
    """Return the kind of file system that a folder lies on, as `ext4`; nothing where the system does not tell."""
    device = folder.stat().st_dev
    try:
        lines = Path("/proc/self/mountinfo").read_text(errors="replace").splitlines()
    except OSError:
        return ""
    mounts = [line.split() for line in lines]
    return next((mount[mount.index("-") + 1] for mount in mounts
                 if mount[2] == f"{os.major(device)}:{os.minor(device)}"), "")
