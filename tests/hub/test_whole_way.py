"""Two students and the instructor go the whole way with a lesson, by clicks; one of the students is hostile."""

import json
from pathlib import Path

from chromium import screenshot
from person import Person

LESSON = "01_spectrograms"
ANSWERS = Path(__file__).parents[1] / "answers" / LESSON
EXERCISE = "def frame(x"
QUESTION = "Question 1.7: why powers"
WORDS = "### Question 1.7: why powers? (1 point)\n\nThe cross term has mean zero, so powers add on average."
# What he can think of: solutions, others' homes and hand-ins, a release of his own, the grader, the test beside it.
HOSTILE = """
import glob, os
loot = []
for pattern in ("/tmp/*/*/homes/*/*", "{root}/homes/*/*", "{repository}/notebooks/*", "{repository}/tests/*",
                "{root}/exchange/*/inbound/*", "{root}/state/*", "{root}/homes/instructor/course/*"):
    loot += [path for path in glob.glob(pattern) if not path.startswith(os.path.expanduser("~"))]
for path in ("{root}/exchange/speech_enhancement/outbound/{lesson}/{lesson}.ipynb",
             "{root}/exchange/speech_enhancement/outbound/x", "{root}/exchange/speech_enhancement/x"):
    try:
        open(path, "a").write("x")
        loot.append(path)
    except OSError:
        pass
for pid in filter(str.isdigit, os.listdir("/proc")):
    try:
        if os.stat("/proc/" + pid).st_uid not in (0, os.getuid()):
            loot.append("process " + pid)
    except OSError:
        pass
open(os.path.expanduser("~/loot.txt"), "w").write("\\n".join(loot))
class Right:
    def __eq__(self, other): return True
    def __getattr__(self, name): return self
    def __call__(self, *arguments, **options): return self
def frame(x, *, frame_length, hop_length):
    return Right()
"""


def test_the_whole_way(hub, chromium):
    ann = Person(chromium, hub.address, "student1", hub.passwords["student1"])
    eve = Person(chromium, hub.address, "student2", hub.passwords["student2"])
    teacher = Person(chromium, hub.address, "instructor", hub.passwords["instructor"])
    right = sorted(ANSWERS.glob("frame/right_*.py"))[0].read_text()
    hostile = HOSTILE
    for word, value in {"root": hub.root, "repository": Path(__file__).parents[2], "lesson": LESSON}.items():
        hostile = hostile.replace(f"{{{word}}}", str(value))

    for person in (ann, eve, teacher):
        person.log_in()
        hub.passwords[person.name] = person.password
    for student, answer in ((ann, right), (eve, hostile)):
        student.fetch(LESSON)
        student.open(LESSON)
        student.write(EXERCISE, answer)
        student.write(QUESTION, WORDS)
        student.run_all()
    ann.play()
    screenshot(ann.page, "hub_student")
    for student in (ann, eve):
        student.save()
        said = student.validate()
        assert "spectrum" in said, said  # it is not answered yet
        assert ("frame_test(c)" in said) == (student is eve), said
        student.submit(LESSON)
    screenshot(ann.page, "hub_submitted")
    assert (hub.home("student2") / "loot.txt").read_text() == ""

    teacher.open_formgrader()
    assert "student1, collected" in teacher.press(LESSON, "collect")
    teacher.grader.locator("tr").filter(has_text=LESSON).locator("td.num-submissions a").click()
    for name in ("student1", "student2"):
        assert "Successfully autograded" in teacher.press(name, "autograde")
    screenshot(teacher.page, "hub_autograded")
    assert not list(hub.root.glob("homes/instructor/loot*")), "a submission ran with the instructor's rights"
    teacher.grade_by_hand(LESSON, "why_power", 2, points=1, comment="Well said.")
    screenshot(teacher.page, "hub_graded_by_hand")
    teacher.go("Manage Assignments")
    for button in ("generate-feedback", "release-feedback"):
        assert "Success" in teacher.press(LESSON, button)
    records = hub.root / "homes" / "instructor" / "course" / "records" / LESSON
    scores = {path.stem: json.loads(path.read_text())["score"] for path in records.glob("*.json")}
    assert scores == {"student1": 3.0, "student2": 1.0}  # with the points given by hand

    for student, points in ((ann, "3 of 10 points"), (eve, "1 of 10 points")):
        page = student.fetch_feedback(LESSON).inner_text()
        assert points in page and "Well said." in page, page
    screenshot(ann.page, "hub_feedback")
