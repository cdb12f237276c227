"""Twenty students at a time go the whole way with a small lesson, by requests."""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "autograder"))
import pytest
from kernel import execute
from small_course import NAME, RIGHT, tiny

STUDENTS = [f"s{number:02}" for number in range(1, 21)]
PATH = f"{NAME}/{NAME}.ipynb"


def test_twenty_students(hub, arrived):
    teacher = arrived("instructor")
    teacher.mine(f"api/contents/course/source/{NAME}", "PUT", json={"type": "directory"})
    teacher.write(f"course/source/{PATH}", tiny())
    for step in ("assign", "release"):
        assert teacher.formgrader(f"assignment/{NAME}/{step}")["success"]

    hub.add(*STUDENTS)

    def hand_in(name):
        """Every other one solves half of it."""
        student = arrived(name)
        student.nbgrader("fetch", NAME)
        notebook = student.read(PATH)
        wanted = ["double", "half"] if STUDENTS.index(name) % 2 else ["double"]
        for cell in notebook["cells"]:
            if cell["metadata"].get("nbgrader", {}).get("grade_id") in wanted:
                cell["source"] = RIGHT[cell["metadata"]["nbgrader"]["grade_id"]]
        student.write(PATH, notebook)
        student.nbgrader("submit", NAME)

    with ThreadPoolExecutor(5) as pool:
        list(pool.map(hand_in, STUDENTS))

    collected = teacher.formgrader(f"assignment/{NAME}/collect")
    assert collected["success"] and collected["log"].count(", collected:") == 20, collected
    assert teacher.formgrader(f"submission/{NAME}/{STUDENTS[0]}/autograde")["success"]
    said = execute(teacher, f"%cd -q ~/course\n!python -m autograder grade {NAME}")  # the others, as START_HERE has it
    assert "19 graded, 1 had been graded before" in said, said
    graded = {one["student"]: one["score"] for one in teacher.mine(f"formgrader/api/submissions/{NAME}").json()}
    assert graded == {name: 7 if number % 2 else 4 for number, name in enumerate(STUDENTS)}
    for step in ("generate_feedback", "release_feedback"):
        assert teacher.formgrader(f"assignment/{NAME}/{step}")["success"]

    for name in STUDENTS:
        student = arrived(name)
        student.nbgrader("fetch_feedback", NAME)
        [folder] = student.read(f"{NAME}/feedback")
        page = student.read(f"{folder['path']}/{NAME}.html")
        assert f"<bdi>{name}</bdi>" in page and f'<p class="score">{graded[name]:g} <small>' in page, page[-3000:]

    mended = tiny()
    mended.cells[0].source = "# A better lesson"
    teacher.write(f"course/source/{PATH}", mended)
    assert NAME in execute(teacher, f"%cd -q ~/course\n!python -m hub publish {NAME}")
    withdrawn = execute(teacher, f"%cd -q ~/course\n!nbgrader list --remove --assignment {NAME}\n"
                                 "!python -m hub publish")
    assert f"withdrawn, until they are named: {NAME}" in withdrawn, withdrawn
    assert execute(teacher, f"%cd -q ~/course\n!python -m hub publish {NAME}").split() == [NAME]
    update = "from course_utils import lessons\nlessons.update()"
    said = execute(student, update)
    assert f"{NAME}: the mended version is here." in said, said
    sources = [cell["source"] for cell in student.read(PATH)["cells"]]
    assert "# A better lesson" in sources and RIGHT["double"] in sources and RIGHT["half"] in sources
    assert execute(student, update) == "Nothing has been mended.\n"

    assert student.mine(f"api/contents/{PATH}", "PATCH", json={"path": f"{NAME}/mine.ipynb"}).ok
    with pytest.raises(AssertionError, match=f"{NAME}.ipynb: MISSING"):
        student.nbgrader("submit", NAME)
