"""The project's package comes along with its notebook, is graded as the student wrote it, and released with blanks."""

import json
import shutil

import pytest
from small_course import HOW, REPOSITORY

from autograder.cli import main
from autograder.files import PACKAGE
from autograder.release import clear

NAME = "project_milestone_1"
SOURCE = REPOSITORY / "notebooks" / NAME
ANSWERS = REPOSITORY / "tests" / "answers" / "project"


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A milestone that was released, handed in whole and blank, and graded; the folder of the course."""
    root = tmp_path_factory.mktemp("project")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COURSE_ROOT", str(root))
        patch.chdir(REPOSITORY)
        assert main(["release", NAME]) == 0
        for student in ("whole", "blank"):
            shutil.copytree(root / "release" / NAME, root / "submitted" / student / NAME)
        package = root / "submitted" / "whole" / NAME / PACKAGE
        shutil.copytree(SOURCE / PACKAGE, package, dirs_exist_ok=True)
        text = (package / "metrics.py").read_text()
        (package / "metrics.py").write_text(f"from enhancer.own import NOTHING\n{text}")
        (package / "own.py").write_text("NOTHING = 0\n")
        (package.parent / "numpy.py").write_text("raise SystemExit('in place of numpy')")
        assert main(["grade", NAME, *HOW]) == 0
    return root


def record(course, student):
    return json.loads((course / "records" / NAME / f"{student}.json").read_text())


def test_a_package_is_graded_as_it_was_handed_in(course):
    whole = record(course, "whole")
    assert [cell["checks"] for cell in whole["cells"] if cell["score"] != cell["max_score"]] == []
    assert whole["score"] == 10.0 and whole["status"] == "graded"


def test_blanks_get_nothing_and_are_told_so(course):
    blank = record(course, "blank")
    assert blank["score"] == 0.0
    assert "Not written yet" in blank["cells"][0]["checks"][0]["message"]


def test_code_outside_the_package_is_left_out(course):
    assert "left out: numpy.py" in record(course, "whole")["flags"]
    assert not any(PACKAGE in flag for flag in record(course, "whole")["flags"])


def test_the_page_shows_the_package_and_no_test_of_it(course, monkeypatch):
    monkeypatch.setenv("COURSE_ROOT", str(course))
    assert main(["feedback", NAME]) == 0
    page = (course / "feedback" / "whole" / NAME / f"{NAME}.html").read_text()
    assert "<summary>enhancer/own.py</summary>" in page and "NOTHING" in page
    assert "tests/test_data.py" not in page and "There is no cell of yours" not in page


def test_another_package_is_another_submission(course):
    assert record(course, "whole")["submission_sha256"] != record(course, "blank")["submission_sha256"]


def test_a_package_that_was_copied_is_found(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_ROOT", str(tmp_path / "root"))
    monkeypatch.chdir(REPOSITORY)
    assert main(["release", NAME]) == 0
    students = {"first": "right_waveform", "copied": "right_waveform", "other": "right_unet", "solved": ""}
    for student, package in students.items():
        folder = tmp_path / "root" / "submitted" / student / NAME
        shutil.copytree(tmp_path / "root" / "release" / NAME, folder)
        for path in (SOURCE / PACKAGE).glob("*.py") if student == "solved" else ANSWERS.glob(f"{package}/*.py"):
            shutil.copy(path, folder / PACKAGE)
    copy = tmp_path / "root" / "submitted" / "copied" / NAME / PACKAGE / "model.py"
    copy.write_text("# my own work\n" + copy.read_text().replace("Enhancer", "Mine") + "\nEnhancer = Mine\n")
    assert main(["similarity", NAME, "--to", str(tmp_path / "page.html")]) == 0
    (pair,) = json.loads((tmp_path / "root" / "similarity" / f"{NAME}.json").read_text())
    assert {pair["first"], pair["second"]} == {"first", "copied"}
    assert "enhancer/model.py" in (tmp_path / "page.html").read_text()


def test_a_release_has_blanks_in_place_of_solutions(course):
    released = course / "release" / NAME / PACKAGE
    assert {path.name for path in released.rglob("*.*")} >= {"data.py", "model.py", "pyproject.toml", "test_data.py"}
    for path in released.glob("*.py"):
        assert "SOLUTION" not in path.read_text()
    text = (released / "data.py").read_text()
    assert text.count("raise NotImplementedError") == 4 and "randperm" not in text
    compile(text, "data.py", "exec")


def test_a_blank_among_imports_is_simply_gone():
    assert clear("import a\n### BEGIN SOLUTION\nimport b\n### END SOLUTION\nx = 1\n") == "import a\nx = 1\n"


@pytest.mark.parametrize("text", ["### BEGIN SOLUTION\nx = 1\n", "x = 1\n### END SOLUTION\n",
                                  "### BEGIN SOLUTION\n### BEGIN SOLUTION\n### END SOLUTION\n"])
def test_a_marker_without_its_partner_is_refused(text):
    with pytest.raises(ValueError, match="partner"):
        clear(text)


def test_a_solution_in_another_file_of_the_package_is_found(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("COURSE_ROOT", str(tmp_path / "root"))
    source = tmp_path / "root" / "source" / NAME
    shutil.copytree(SOURCE, source)
    (source / PACKAGE / "more.py").write_text("order = torch.randperm(len(speakers), generator=torch.Generator()"
                                              ".manual_seed(seed)).tolist()\n")
    monkeypatch.setenv("PATH", "")  # nbgrader looks for alembic there
    config = tmp_path / "nbgrader_config.py"
    config.write_text(f"load_subconfig('nbgrader_config.py', path={str(REPOSITORY)!r})\n"
                      f"c.CourseDirectory.source_directory = {str(tmp_path / 'root' / 'source')!r}\n")
    monkeypatch.chdir(tmp_path)
    assert main(["release", NAME]) == 2
    assert "more.py: from data.py: order = torch.randperm" in capsys.readouterr().err
