"""The lessons keep the form that nbgrader, git and the next author rely on (notebooks/README.md)."""

import ast
import re

import nbformat
import pytest

from autograder.lesson import Lesson, assignment_names, lesson_names
from autograder.lint import problems
from autograder.release import secret_lines, split

ASSIGNMENTS = [Lesson(name) for name in assignment_names()]
LESSONS = [Lesson(name) for name in lesson_names()]
EXERCISES = [pytest.param(lesson, exercise, id=f"{lesson.name}-{exercise.name}")
             for lesson in LESSONS for exercise in lesson.exercises.values()]
each_assignment = pytest.mark.parametrize("lesson", ASSIGNMENTS, ids=lambda lesson: lesson.name)
each_lesson = pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
each_exercise = pytest.mark.parametrize("lesson, exercise", EXERCISES)


def functions(source: str) -> set[str]:
    return {node.name for node in ast.parse(source).body if isinstance(node, ast.FunctionDef | ast.ClassDef)}


@each_assignment
def test_is_a_clean_notebook(lesson):
    nbformat.validate(lesson.notebook)
    ids = [cell.id for cell in lesson.notebook.cells]
    assert len(set(ids)) == len(ids)
    for cell in lesson.notebook.cells:
        if cell.cell_type == "code":
            assert cell.outputs == [] and cell.execution_count is None
    assert lesson.notebook.metadata.kernelspec.name == "python3"


@each_assignment
def test_no_line_of_a_solution_or_a_hidden_test_is_shown_elsewhere(lesson):
    shown = {line for cell in lesson.notebook.cells for line in split(cell)[0]}
    assert [(name, line) for line, name in secret_lines(lesson.notebook) if line in shown] == []


@each_lesson
def test_has_ten_points_exercises_and_a_question_in_words(lesson):
    graded = [cell for cell in lesson.cells.values() if cell.metadata.nbgrader.grade]
    assert sum(cell.metadata.nbgrader.points for cell in graded) == 10
    assert 4 <= len(lesson.exercises) <= 7
    (question,) = [cell for cell in graded if cell.metadata.nbgrader.solution]
    solution = re.search(r"### BEGIN SOLUTION(.*)### END SOLUTION", question.source, re.DOTALL).group(1)
    assert question.cell_type == "markdown" and "rubric" in solution.lower()


@each_lesson
def test_names_and_locks_are_as_nbgrader_needs_them(lesson):
    named = [cell for cell in lesson.notebook.cells if "nbgrader" in cell.metadata]
    assert len(named) == len(lesson.cells)  # no grade_id twice
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", name) for name in lesson.cells)
    for name, cell in lesson.cells.items():
        meta = cell.metadata.nbgrader
        assert meta.schema_version == 3
        assert meta.locked == (not meta.solution), name
        if meta.grade and not meta.solution:
            assert name.removesuffix("_test") in lesson.exercises, f"{name} tests no exercise"
    assert lesson.notebook.cells[[cell.get("id") for cell in lesson.notebook.cells].index(
        lesson.cells["setup"].id)].metadata.nbgrader.locked


@each_lesson
def test_has_what_every_lesson_has(lesson):
    text = "\n".join(cell.source for cell in lesson.notebook.cells if cell.cell_type == "markdown")
    code = "\n".join(cell.source for cell in lesson.notebook.cells if cell.cell_type == "code")
    for part in ("Predict.", "Notice.", "Summary", "References", "minutes"):
        assert part in text, part
    assert text.count("<summary>Hint 1</summary>") == text.count("<summary>Hint 3</summary>") >= len(lesson.exercises)
    assert ("interact(" in code or "listen.mix(" in code) and "listen.compare(" in code and "plot.table(" in code
    assert "display.Audio" not in code  # it makes everything equally loud


@each_exercise
def test_exercise_is_a_documented_function_with_one_blank(lesson, exercise):
    (name,) = functions(exercise.solution)
    assert name == exercise.name
    docstring = ast.get_docstring(ast.parse(exercise.solution).body[-1]) or ""
    assert "Parameters" in docstring and "Returns" in docstring and "shape" in docstring
    before, rest = exercise.solution.split("### BEGIN SOLUTION")
    assert docstring.split("\n")[0] in before and rest.count("### END SOLUTION") == 1


@each_exercise
def test_checks_are_seen_and_hidden_and_named_after_the_cell(lesson, exercise):
    assert exercise.test.count("### BEGIN HIDDEN TESTS") == exercise.test.count("### END HIDDEN TESTS") == 1
    visible = re.sub(r"### BEGIN HIDDEN TESTS.*### END HIDDEN TESTS", "", exercise.test, flags=re.DOTALL)
    assert "c.check(" in visible
    # One function, so that no name of the test takes the place of a student's own.
    assert functions(exercise.test) == {f"{exercise.name}_test"}
    assert visible.rstrip().endswith(f"checks.run({exercise.name}_test, points={exercise.points:g})")
    assert not [node for node in ast.parse(exercise.test).body
                if not isinstance(node, ast.ImportFrom | ast.FunctionDef | ast.Expr)]


@each_assignment
def test_tests_can_run_outside_the_students_process(lesson):
    assert problems(lesson) == []


@each_exercise
def test_a_stub_gets_nothing_and_is_told_so(lesson, exercise):
    stub = re.sub(r"### BEGIN SOLUTION.*### END SOLUTION", "raise NotImplementedError", exercise.solution,
                  flags=re.DOTALL)
    checks = lesson.run_test(exercise.name, lesson.namespace({exercise.name: stub}))
    assert checks.earned == 0
    assert all("Not written yet" in check.message for check in checks.checks)
