"""What was copied is found, whatever was done to it; what two wrote on their own is not."""

import ast
import json
import re
import time
import tracemalloc
from pathlib import Path

import nbformat
import pytest
from small_course import NAME, hand_in, set_source, write_course

from autograder.cli import main
from autograder.lesson import Lesson, lesson_names
from autograder.similarity import LINES, find_pairs, fingerprints, stored_pairs
from autograder.tokens import rows

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


def pairs(codes, known=("",)):
    """Return the pairs among students, whose exercises are one cell each or several."""
    found = find_pairs(fingerprints({student: {name: [code] if isinstance(code, str) else code
                                               for name, code in own.items()} for student, own in codes.items()},
                                    known=known))
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
    found = find_pairs(fingerprints({student: {name: [code] for name, code in own.items()}
                                     for student, own in codes.items()}, known=[""]))
    assert [group for group in found.groups if "s0" in group] == [sorted(name for name in codes if name[0] == "s")]
    assert not [pair for pair in found.pairs if pair.first[0] == "s"]


def between(code, dead):
    """Put a statement behind every other one."""
    tree = ast.parse(code)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.For | ast.If):
            node.body = [part for old in node.body for part in (*ast.parse(dead).body, old)]
    return ast.unparse(tree)


def wide(match):
    """Return a word in letters that Python takes for the same."""
    return "".join(chr(ord(letter) + 0xFEE0) for letter in match[0])


@pytest.mark.parametrize("disguised", [
    '%env X="""\n' + COPY,
    '%env X="""\n' + COPY + '%env Y="""\n',
    '>>> %env X="""\n>>> ' + COPY.strip().replace("\n", "\n... "),
    '!echo (\n' + COPY,
    'x = !echo """\n' + COPY,
    '?"""\n' + COPY,
    "%%time\n" + COPY,
    ['x = """ ((', COPY, 'y = """'],
    [COPY[:COPY.index("  s =")], COPY[COPY.index("  s ="):]],
    COPY.replace("\n", "\n\f"),
    COPY.replace(" = ", " = \\\n"),
    COPY.replace("s = s + x", "(s) = (s) + (x)"),
    re.sub(r"\bmax|key\b", wide, COPY),
    "import math; " + COPY.replace("  s = 0.0", "  import math; s = 0.0"),
    between(OWN, "pass"),
    between(OWN, "unused = 0"),
    f'exec("""{COPY}""")'.replace('"Twice."', "pass"),
    f"exec({COPY!r})",
], ids=["magic", "magics", "prompts", "bracket in a magic", "command", "help", "cell magic", "broken cells",
        "two cells", "form feeds", "continued lines", "brackets", "wide letters", "imports", "pass", "dead code",
        "text", "line"])
def test_a_copy_in_disguise_is_found(disguised):
    assert pairs({"ann": {"double": OWN}, "bob": {"double": disguised}, "cy": {"double": OTHER}}) == [("ann", "bob")]


@pytest.mark.parametrize("source", ["def f(:\n  x = '''", "%matplotlib inline\n!ls", "\tif x\n  y", "\ud800 = 1", "%"])
def test_code_that_is_none_is_read_all_the_same(source):
    assert isinstance(rows([source]), list)


@pytest.mark.parametrize("source", ["=%", "%a ", "%a\n", "'''\\", "\"\\", "(", "=%\\\n", "In [1", "\n....", " \n"])
def test_no_code_takes_long_to_read(source):
    begin = time.process_time()
    rows([source * (500_000 // len(source))])
    assert time.process_time() - begin < 10


def test_lines_of_an_expression_that_begin_with_an_operator_are_no_magics():
    assert rows(["x = (a\n     % b)"])[0] == [("name", 1), ("=", 1), ("name", 1), ("%", 2), ("name", 2)]


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
    assert pairs(codes, known) == [("copy", "s0")]


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


def test_a_page_stays_small_whatever_is_put_in_between(tmp_path, monkeypatch):
    folder = write_course(tmp_path)
    monkeypatch.setenv("COURSE_ROOT", str(folder / "root"))
    monkeypatch.chdir(folder)
    assert main(["release"]) == 0
    released = nbformat.read(folder / "root" / "release" / NAME / f"{NAME}.ipynb", as_version=4)
    middle = OWN.index("    rest")
    comments = "# nothing\n" * 20_000
    for student, code in {"ann": OWN, "bob": OWN[:middle] + " \n" * 200_000 + OWN[middle:],
                          "cy": comments + OWN.replace("total + x", f"total + (x{comments})")}.items():
        hand_in(folder / "root" / "submitted", student, set_source(released, double=code))
    tracemalloc.start()
    assert main(["similarity", NAME, "--to", str(tmp_path / "alike.html")]) == 0
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    page = (tmp_path / "alike.html").read_text()
    assert len(page) < 1_000_000 and peak < 200_000_000
    assert "<span> </span><span> </span>" not in page
    assert "lines that are not in both" in page and "The rest is left out" in page
    assert page.count("<span") < 5 * LINES


def test_what_was_put_into_the_set_up_is_compared_too(tmp_path, monkeypatch):
    folder = write_course(tmp_path)
    monkeypatch.setenv("COURSE_ROOT", str(folder / "root"))
    monkeypatch.chdir(folder)
    assert main(["release"]) == 0
    for student, sources in {"ann": {"double": OWN}, "bob": {"setup": COPY}}.items():
        released = nbformat.read(folder / "root" / "release" / NAME / f"{NAME}.ipynb", as_version=4)
        hand_in(folder / "root" / "submitted", student, set_source(released, **sources))
    assert main(["similarity", NAME, "--to", str(tmp_path / "alike.html")]) == 0
    page = (tmp_path / "alike.html").read_text()
    assert page.count('<span class="both">    total = 0.0</span>') == 1
    assert page.count('<span class="both">  s = 0.0</span>') == 1
