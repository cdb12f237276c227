"""What gets into the images: in a student's nothing that gives an answer away, and everything that a lesson needs."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path, PurePosixPath

import nbformat
import pytest

from autograder.lesson import assignment_names
from autograder.sandbox import problem

ROOT = Path(__file__).parents[2]
HOME = "/srv/course"
TRACKED = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
# What may lie beside it where an image is made.
STRAY = [".git/config", ".venv/bin/python", "build/course/gradebook.db", "build/course/submitted/ann/01/01.ipynb",
         "course_utils/__pycache__/signal.pyc", "hub/student/.ipynb_checkpoints/x.ipynb", "grades.csv", "report.html",
         "notebooks/project_final/weights.safetensors", "data/notes.txt", ".env"]
STUDENTS = re.compile(r"course_utils/|hub/student/|data/(speech|noise|rir|piano|results)/|data/MANIFEST\.csv$")
INSTRUCTORS = re.compile(r"autograder/|notebooks/|hub/|nbgrader_config\.py$|pyproject\.toml$|requirements\.lock$")


def sent() -> list[str]:
    """Return the files that .dockerignore lets pass: its last line that fits a file, or a folder above it, decides."""
    rules = []
    for line in (ROOT / ".dockerignore").read_text().splitlines():
        if line and not line.startswith("#"):
            parts = re.split(r"(\*\*/|\*)", line.removeprefix("!"))
            known = {"**/": "(.*/)?", "*": "[^/]*"}
            rules.append((re.compile("".join(known.get(part, re.escape(part)) for part in parts)), line[0] == "!"))
    passed = []
    for file in [*TRACKED, *STRAY]:
        ways = [file, *map(str, PurePosixPath(file).parents)]
        fits = [keep for rule, keep in rules if any(rule.fullmatch(way) for way in ways)]
        if not fits or fits[-1]:
            passed.append(file)
    return passed


def stages() -> dict[str, dict[str, str]]:
    """Return what each stage of the Dockerfile holds of the course: path in the image -> file of the course."""
    text = (ROOT / "hub" / "cluster" / "Dockerfile").read_text().replace("\\\n", " ")
    made: dict[str, dict[str, str]] = {}
    folders = {}
    context = {f"/{file}": file for file in sent()}
    for words in (line.split() for line in text.splitlines()):
        if words[:1] == ["FROM"]:
            stage, above = words[3], words[1]
            made[stage], folders[stage] = dict(made.get(above, {})), folders.get(above, "/")
        elif words[:1] == ["WORKDIR"]:
            folders[stage] = words[1]
        elif words[:1] == ["COPY"]:
            files = made[words.pop(1).removeprefix("--from=")] if words[1].startswith("--from=") else context
            *sources, target = words[1:]
            for source in sources:
                made[stage].update(copied(files, source, str(PurePosixPath(folders[stage], target))))
        assert words[:1] not in (["ADD"], ["ONBUILD"]), "another way for files to get in"
    return made


def copied(files: dict[str, str], source: str, target: str) -> dict[str, str]:
    """Return what COPY makes of a folder, or of a file that goes into a folder."""
    source = str(PurePosixPath("/", source))
    if source in files:
        return {f"{target}/{PurePosixPath(source).name}": files[source]}
    return {f"{target}{path[len(source):]}": file for path, file in files.items() if path.startswith(f"{source}/")}


def test_students_get_what_is_theirs_and_nothing_else():
    wanted = {f"{HOME}/{file}": file for file in TRACKED if STUDENTS.match(file)}
    assert stages()["student"] == wanted
    assert list(stages())[-1] == "student", "what is built unless somebody says otherwise"


def test_instructors_get_the_rest():
    wanted = {f"{HOME}/{file}": file for file in TRACKED if STUDENTS.match(file) or INSTRUCTORS.match(file)}
    assert stages()["instructor"] == wanted


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """Return a function that runs a script where the course is what a student's image holds of it."""
    if problem():
        pytest.skip(problem())
    image, work = tmp_path_factory.mktemp("image"), tmp_path_factory.mktemp("work")
    for path, file in stages()["student"].items():
        target = image / Path(path).relative_to(HOME)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / file, target)
    view = ["bwrap", "--dev-bind", "/", "/", "--bind", str(image), str(ROOT), "--ro-bind", sys.prefix, sys.prefix,
            "--chdir", str(work), "--unshare-net"]

    def run_script(script: str, *arguments: str) -> None:
        (work / "script.py").write_text(script)
        done = subprocess.run([*view, sys.executable, "script.py", *arguments], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr[-3000:]

    run_script.folder = work
    return run_script


def test_all_that_lessons_import_is_there(run):
    lines = set()
    for name in assignment_names():
        for cell in nbformat.read(ROOT / "notebooks" / name / f"{name}.ipynb", as_version=4).cells:
            if cell.cell_type == "code":
                lines |= set(re.findall(r"^(?:import|from) (?!enhancer|nbgrader).*", cell.source, re.MULTILINE))
    assert any("course_utils" in line for line in lines)
    run("\n".join(sorted(lines)))


def test_a_lesson_runs(run):
    """Lesson 1 with its solutions, as a student has it in the end; its notebook alone is brought along."""
    name = "01_spectrograms"
    shutil.copytree(ROOT / "notebooks" / name, run.folder / name)
    run((ROOT / "tests" / "execute.py").read_text(), f"{name}/{name}.ipynb", "executed.ipynb")
    outputs = [output for cell in json.loads((run.folder / "executed.ipynb").read_text())["cells"]
               for output in cell.get("outputs", [])]
    assert [output["evalue"] for output in outputs if output["output_type"] == "error"] == []
    assert any("application/vnd.jupyter.widget-view+json" in output.get("data", {}) for output in outputs)
