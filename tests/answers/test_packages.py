"""The project's packages: right ones get all points of both milestones, wrong ones lose some and are told why."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import packages
import pytest
import torch
from packages import MILESTONES, PACKAGES, assemble, comment, run_test
from safetensors.torch import save_file

from autograder.files import PACKAGE
from autograder.lesson import Lesson
from autograder.release import clear

EXECUTE = Path(__file__).parents[1] / "execute.py"
TESTS = [name for name, (assignment, _) in packages.tests().items() if assignment in MILESTONES]
(FINAL_TEST,) = packages.tests().keys() - set(TESTS)
RIGHT = [None, *sorted(PACKAGES.glob("right_*"))]
WRONG = [(path, name) for path in sorted(PACKAGES.glob("wrong_*")) for name in comment(path, "Fails").split(", ")]


def label(value):
    return getattr(value, "name", value if isinstance(value, str) else "solution")


@pytest.mark.parametrize("student", RIGHT, ids=label)
@pytest.mark.parametrize("name", TESTS)
def test_right_package(student, name, tmp_path, record_property):
    assemble(tmp_path, student)
    checks = run_test(tmp_path, name)
    messages = [check.message for check in checks.checks if not check.passed]
    record_property("answer", ("project", name, label(student), checks.earned, checks.points, messages[:1]))
    assert messages == []
    assert checks.earned == pytest.approx(checks.points)


@pytest.mark.parametrize("student, name", WRONG, ids=label)
def test_wrong_package(student, name, tmp_path, record_property):
    assemble(tmp_path, student)
    checks = run_test(tmp_path, name)
    messages = [check.message for check in checks.checks if not check.passed]
    record_property("answer", ("project", name, student.name, checks.earned, checks.points, messages[:1]))
    assert checks.earned < checks.points
    assert "Not written yet" not in messages
    if name == comment(student, "Fails").split(", ")[0]:
        assert comment(student, "Names it").lower() in " ".join(messages).lower()


def test_enough_packages_each_with_its_slip():
    assert len(RIGHT) >= 4
    wrong = {path for path, _ in WRONG}
    assert len(wrong) >= 12 and all(comment(path, "Slip") for path in wrong)
    assert sum(bool(comment(path, "Names it")) for path in wrong) > len(wrong) / 2
    assert {name for _, name in WRONG} == set(TESTS)


@pytest.mark.parametrize("assignment", MILESTONES)
def test_a_milestone_has_ten_points_for_files_with_blanks_and_docstrings(assignment):
    lesson = Lesson(assignment)
    assert sum(cell.metadata.nbgrader.points for cell in lesson.cells.values() if cell.metadata.nbgrader.grade) == 10
    for path in sorted((lesson.path.parent / PACKAGE).glob("[a-z]*.py")):
        stub = ast.parse(clear(path.read_text()))
        for node in stub.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                assert ast.get_docstring(node), f"{path.name}: {node.name}"


@pytest.mark.parametrize("name", TESTS)
def test_a_stub_gets_nothing_and_is_told_so(name, tmp_path):
    assemble(tmp_path)
    for path in (tmp_path / PACKAGE).glob("*.py"):
        path.write_text(clear(path.read_text()))
    checks = run_test(tmp_path, name)
    assert checks.earned == 0
    assert "Not written yet" in " ".join(check.message for check in checks.checks)


@pytest.mark.parametrize("blank", [False, True], ids=["solution", "stubs"])
def test_the_students_own_tests_tell_right_from_blank(blank, tmp_path):
    assemble(tmp_path)
    if blank:
        for path in (tmp_path / PACKAGE).glob("*.py"):
            path.write_text(clear(path.read_text()))
    done = subprocess.run([sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", PACKAGE], cwd=tmp_path,
                          capture_output=True, text=True)
    passed, failed = (int((re.search(rf"(\d+) {what}", done.stdout) or ["", "0"])[1]) for what in ("passed", "failed"))
    right, wrong = (failed, passed) if blank else (passed, failed)
    assert right >= 10 and wrong == 0, done.stdout


@pytest.mark.parametrize("weights, says", [
    (None, "no model.safetensors"), (lambda path: torch.save({"a": torch.zeros(3)}, path), "is a pickle"),
    (lambda path: save_file({"a": torch.zeros(13_000_000)}, path), "52 MB, and may have 50"),
    (lambda path: path.write_bytes(b"nothing"), "no weights of this model")])
def test_weights_that_cannot_be_handed_in(weights, says, tmp_path):
    assemble(tmp_path)
    if weights:
        weights(tmp_path / "model.safetensors")
    checks = run_test(tmp_path, FINAL_TEST)
    assert checks.earned == 0
    assert says in checks.checks[0].message


@pytest.mark.parametrize("student", RIGHT, ids=label)
def test_an_untrained_model_is_taken_and_helps_nobody(student, tmp_path):
    assemble(tmp_path, student)
    with packages.imported(tmp_path):
        from enhancer import model, train

        torch.manual_seed(0)
        train.save(model.Enhancer(), tmp_path / "model.safetensors")
    checks = run_test(tmp_path, FINAL_TEST)
    assert {check.name for check in checks.checks if check.passed} >= {"the weights", "any clip, as long as it was"}
    assert "the validation split" in next(check.name for check in checks.checks if not check.passed)


@pytest.mark.parametrize("assignment", packages.ASSIGNMENTS)
def test_the_notebook_runs_with_the_solution(assignment, tmp_path):
    assemble(tmp_path / assignment)
    notebook = Lesson(assignment).notebook
    for cell in notebook.cells:  # test cells are looked at above
        cell.source = cell.source if not cell.metadata.get("nbgrader", {}).get("points") else ""
    source = tmp_path / assignment / "notebook.ipynb"
    nbformat.write(notebook, source)
    with packages.imported(tmp_path / assignment):
        from enhancer import model, train

        torch.manual_seed(0)
        train.save(model.Enhancer(), tmp_path / assignment / "model.safetensors")
    (tmp_path / assignment / "model.csv").write_text("look,loss on val\n0,0.5\n1,0.4\n")
    environment = {**os.environ, "NBGRADER_EXECUTION": "autograde"}  # a few steps of training are enough
    done = subprocess.run([sys.executable, EXECUTE, source, tmp_path / "executed.ipynb"], text=True,
                          capture_output=True, env=environment)
    assert done.returncode == 0, done.stderr
    outputs = [output for cell in nbformat.read(tmp_path / "executed.ipynb", as_version=4).cells
               if cell.cell_type == "code" for output in cell.outputs]
    assert [f"{output.ename}: {output.evalue}" for output in outputs if output.output_type == "error"] == []
    assert [output.text for output in outputs if output.get("name") == "stderr"] == []
    assert any("<audio" in output.get("data", {}).get("text/html", "") for output in outputs)
