"""What was copied is found, whatever was done to it; what two wrote on their own is not."""

import json
import re
from pathlib import Path

import nbformat
import pytest
from small_course import NAME, hand_in, set_source, write_course

from autograder.cli import main
from autograder.lesson import Lesson, lesson_names
from autograder.similarity import find_pairs, fingerprints, stored_pairs, tokens

ANSWERS = Path(__file__).parents[1] / "answers"
OWN = '''def double(x):
    """Double."""
    total = 0.0
    for step in range(10):
        if step % 5 == 0:
            total = total + x  # one more
    rest = [part for part in (total, -total) if part >= 0 or x < 0]
    return max(rest, key=lambda each: each * (1 if x > 0 else -1))
'''
COPY = '''# all my own work
def double(x):
  "Twice."
  s = 0.0
  for i in range(10):

    if i%5==0: s = s + x
  r = [
      p for p in (s, -s)
      if p >= 0 or x < 0]
  return max(r, key=lambda q: q*(1 if x > 0 else -1))
'''
OTHER = '''def double(x):
    values = {"once": x}
    while len(values) < 3:
        values[str(len(values))] = sum(values.values()) / len(values)
    assert all(abs(value - x) < 1e-9 for value in values.values())
    return values["once"] * len(values) - values.get("1", x)
'''


def pairs(codes, known=("",), names=()):
    found = find_pairs(fingerprints(codes, known=known, names=set(names)))
    return [(pair.first, pair.second) for pair in found.pairs]


def test_a_copy_with_new_names_comments_and_layout_is_found():
    assert pairs({"ann": {"double": OWN}, "bob": {"double": COPY}, "cy": {"double": OTHER}}) == [("ann", "bob")]


def test_the_order_and_the_place_of_functions_do_not_matter():
    assert pairs({"ann": {"a": OWN, "b": OTHER}, "bob": {"a": OTHER.replace("values", "v") + COPY}}) == [("ann", "bob")]


def test_what_everybody_was_given_counts_for_nobody():
    assert pairs({"ann": {"double": OWN}, "bob": {"double": COPY}}, known=[OWN]) == []


def test_an_exercise_of_one_line_accuses_nobody():
    line = "def power(X):\n    return X.abs().square().sum(-2)"
    assert pairs({name: {"power": line} for name in ("ann", "bob")}) == []


def test_what_many_wrote_is_no_pair_but_a_group_if_it_is_all_the_same():
    codes = {f"s{number}": {"double": OWN.replace("total", f"t{number}")} for number in range(8)}
    codes |= {f"t{number}": {"double": OTHER.replace("3", str(number + 4))} for number in range(4)}
    found = find_pairs(fingerprints(codes, known=[""], names=set()))
    assert [group for group in found.groups if "s0" in group] == [sorted(name for name in codes if name[0] == "s")]
    assert not [pair for pair in found.pairs if pair.first[0] == "s"]


@pytest.mark.parametrize("source", ["def f(:\n  x = '''", "%matplotlib inline\n!ls", "\tif x\n  y", "\ud800 = 1"])
def test_code_that_is_none_is_read_as_far_as_it_goes(source):
    assert isinstance(tokens(source, set()), list)


@pytest.mark.parametrize("name", lesson_names())
def test_right_answers_in_different_styles_are_not_alike_and_a_copy_of_one_is(name):
    lesson = Lesson(name)
    known = [cell.source for cell in lesson.notebook.cells if cell.cell_type == "code"]
    codes: dict[str, dict[str, str]] = {}
    for exercise in lesson.exercises:
        for number, path in enumerate(sorted((ANSWERS / name / exercise).glob("right_*.py"))):
            codes.setdefault(f"s{number}", {})[exercise] = path.read_text()
    codes["copy"] = {exercise: re.sub(r"^(\s+)(\w+) = ", r"\1\2_x  =  ", source, flags=re.M)
                     for exercise, source in reversed(codes["s0"].items())}
    assert pairs(codes, known, lesson.exercises) == [("copy", "s0")]


def test_the_page_of_a_class(tmp_path, monkeypatch, capsys):
    folder = write_course(tmp_path)
    monkeypatch.setenv("COURSE_ROOT", str(folder / "root"))
    monkeypatch.chdir(folder)
    assert main(["release"]) == 0
    for student, code in {"ann": OWN, "bob": COPY + "# </pre><script>alert(1)</script>", "cy": OTHER}.items():
        hand_in(folder / "root" / "submitted", student, set_source(
            nbformat.read(folder / "root" / "release" / NAME / f"{NAME}.ipynb", as_version=4), double=code))
    hand_in(folder / "root" / "submitted", "broken", "{")
    assert main(["similarity", NAME, "--to", str(tmp_path / "alike.html")]) == 0
    assert capsys.readouterr().out.splitlines()[-2] == "1 pairs to look at among 4 submissions"
    page = (tmp_path / "alike.html").read_text()
    assert "accuses nobody" in page
    assert "<script" not in page
    assert '<span class="both">    total = 0.0</span>' in page
    assert json.loads((folder / "root" / "similarity" / f"{NAME}.json").read_text())[0]["second"] == "bob"
    assert list(stored_pairs(folder / "root")) == [NAME]
