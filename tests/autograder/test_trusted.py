"""Test cells run here and score through proxies as they do beside the student's code."""

import contextlib
import copy
import io
import os
import sys
import threading
from pathlib import Path

import nbformat
import pytest
import torch
from kernels import student
from nbgrader.api import Gradebook
from nbgrader.preprocessors import Execute, SaveCells
from nbgrader.utils import determine_grade
from small_course import RIGHT, cell, position, set_source, tiny
from traitlets.config import Config

from autograder.discretion import Discretion
from autograder.lesson import Lesson, lesson_names
from autograder.run import Run
from autograder.score import score_cell
from autograder.trusted import run_test
from course_utils.checks import MIME

ANSWERS = Path(__file__).resolve().parents[1] / "answers"


# ---- as beside the student's code


def sample(lesson, exercise):
    """Return some answers to an exercise: a right one and two wrong ones."""
    folder = ANSWERS / lesson.name / exercise
    paths = [*sorted(folder.glob("right_*.py"))[:1], *sorted(folder.glob("wrong_*.py"))[::3][:2]]
    return [path.read_text() for path in paths]


@pytest.mark.parametrize("name", lesson_names())
def test_answers_score_as_they_do_in_one_process(name):
    lesson = Lesson(name)
    with student() as started:
        for each in lesson.cells.values():
            if each.cell_type == "code" and not each.metadata.nbgrader.grade:
                started.run_cell(each.source)
        for exercise in lesson.exercises:
            for source in sample(lesson, exercise):
                with contextlib.redirect_stdout(io.StringIO()):
                    want = lesson.run_test(exercise, lesson.namespace({exercise: source})).as_dict()
                started.run_cell(source)
                report, *_ = run_test(lesson.cells[f"{exercise}_test"], started.kernel, seed="", folder=Path())
                got = report.data[MIME]
                assert got["doubts"] == []
                assert [(check["name"], check["passed"]) for check in got["checks"]] == [
                    (check["name"], check["passed"]) for check in want["checks"]], source
            started.run_cell(lesson.cells[exercise].source)


# ---- what a test cell may meet


@pytest.fixture(scope="module")
def them():
    with student() as started:
        yield started


def result(them, test, code="pass", *, points=2, seed="x"):
    """Run a student's code and a test of two points, and return its result."""
    them.run_cell(code)
    them.kernel.discretion = Discretion(code)
    source = "from course_utils import checks\n\n\ndef it_test(c):\n" + "\n".join(
        f"    {line}" for line in test.splitlines()) + f"\n\n\nchecks.run(it_test, points={points})"
    made = cell("it_test", source, grade=True, locked=True, points=points)
    made.outputs = run_test(made, them.kernel, seed=seed, folder=Path())
    return score_cell(made)


TWO = '''with c.check("first", points=1):
    assert one() == 1
with c.check("second", points=1):
    assert two() == 2'''


@pytest.mark.parametrize("code, score, says", [
    ("def one(): return 1\ndef two(): return 2", 2, ""),
    ("def one(): return 1\ndef two(): raise NotImplementedError", 1, "Not written yet"),
    ("def one(): return 1\ndef two(): return tow()", 1,
     "name 'tow' is not defined in your line `def two(): return tow()`: is there a typing error"),
    ("def one(): return 1\ndef two():\n    n += 1", 1, "in your line `n += 1`: give it a value before"),
    ("def one(): return 1\ndef two():\n    return 1 / 0", 1, "ZeroDivisionError in your line `return 1 / 0`: division"),
    ("def one(): return 1\ndef two(): raise SystemExit", 1, "SystemExit"),
    ("def one(): return 1\ndef two(): raise KeyboardInterrupt", 1, "KeyboardInterrupt"),
    ("def one(): return 1\ndef two(): raise StopIteration", 1, "StopIteration"),
    ("import warnings, sys\ndef one(): warnings.warn('w'); print('p'); return 1\n"
     "def two(): print(file=sys.stderr); return 2", 2, "")])
def test_each_check_stands_for_itself(them, code, score, says):
    found = result(them, TWO, code)
    assert found.score == score and found.doubts == []
    assert says in "".join(check["message"] for check in found.checks)


def test_what_a_hidden_check_gave_cannot_be_read_from_its_message(them):
    test = TWO.replace("one()", "one([0.1234])").replace("two()", "two([0.5678])")
    hidden = "### BEGIN HIDDEN TESTS\nwith c.check(\"second"
    test = test.replace("with c.check(\"second", hidden) + "\n### END HIDDEN TESTS"
    tells = "class {}(ValueError): pass\ndef {}(x):\n    raise type(f'x{{str(x[0])[2:]}}', (ValueError,), {{}})(str(x))"
    found = result(them, test, f"{tells.format('A', 'one')}\n{tells.format('B', 'two')}")
    seen, hidden = (check["message"] for check in found.checks)
    assert "x1234 in your line" in seen and "0.1234" in seen
    assert "5678" not in hidden and hidden.startswith("ValueError in your line `raise type(")


def test_a_class_names_nothing_that_a_hidden_check_gave(them):
    test = 'pass\n### BEGIN HIDDEN TESTS\nwith c.check("first", points=1):\n    one([0.5678])\n' \
           'with c.check("second", points=1):\n    assert checks.tensor(two([0.5678])) is None\n### END HIDDEN TESTS'
    code = "def one(x): raise type(f'x{str(x[0])[2:]}', (ValueError,), {})\n" \
           "def two(x): return type(f'x{str(x[0])[2:]}', (list,), {})()"
    messages = [check["message"] for check in result(them, test, code).checks]
    assert "5678" not in str(messages)
    assert messages[0].startswith("ValueError in your line")
    assert "is of type list, expected a torch.Tensor" in messages[1]


def test_a_name_that_was_never_written(them):
    found = result(them, 'with c.check("first", points=2):\n    never_written()')
    assert "name 'never_written' is not defined" in found.checks[0]["message"]


def test_a_missing_helper_is_explained_by_what_its_cell_stopped_with(them):
    them.kernel.broken["helper"] = "its cell stopped with SyntaxError: expected ':'"
    try:
        found = result(them, TWO, "def one(): return 1\ndef two(): return helper()")
    finally:
        them.kernel.broken.clear()
    assert "`def two(): return helper()`: its cell stopped with SyntaxError" in found.checks[1]["message"]


def test_what_goes_wrong_between_checks_costs_what_comes_behind(them):
    found = result(them, TWO.replace("with c.check(\"second", "two()\nwith c.check(\"second"),
                   "def one(): return 1\ndef two(): raise ValueError('between')")
    assert found.score == 1 and found.doubts == []
    assert found.checks[1]["points"] == 1 and "stopped here. ValueError" in found.checks[1]["message"]


def test_a_call_without_end_costs_its_check(them):
    them.kernel.call_limit = them.kernel.first_call_limit = 0.5
    found = result(them, TWO, "def one():\n    while True: pass\ndef two(): return 2")
    them.kernel.call_limit, them.kernel.first_call_limit = 20.0, 60.0
    assert found.score == 1 and "loop without an end" in found.checks[0]["message"]


def test_random_inputs_are_the_submissions_own(them):
    draw = 'with c.check("draw", points=2):\n    raise AssertionError(str(float(seen(__import__("torch").rand(1, ' \
           "generator=c.generator())))))"
    code = "import random\ndef seen(x): return float(x) + random.random()"
    first, again, other = (result(them, draw, code, seed=seed).checks[0]["message"] for seed in "aab")
    assert first == again != other


def test_a_students_default_type_is_the_tests(them):
    code = "import torch\ntorch.set_default_dtype(torch.float64)\ndef product(x): return torch.ones(2, 2) @ x"
    test = 'import torch\nwith c.check("product", points=2):\n    assert float(product(torch.ones(2, 1)).sum()) == 4'
    assert result(them, test, code).score == 2
    assert result(them, test, code.replace("64", "32")).score == 2
    assert torch.get_default_dtype() == torch.float32


def test_the_seed_and_the_test_stay_here(them):
    look = "import os, gc\nsecret, test = ''.join(['hidden', '-seed']), ''.join(['it', '_test'])\ndef look():\n" \
           "    texts = [str(dict(os.environ)), str(In), *(o for d in gc.get_objects() if type(d) is dict\n" \
           "             for o in list(d.values()) if type(o) is str and o not in (secret, test))]\n" \
           "    return any(secret in text or test in text for text in texts)"
    found = result(them, 'with c.check("look", points=2):\n    assert look() is False', look, seed="hidden-seed")
    assert found.score == 2


def test_an_optimizer_is_made_where_the_model_is(them):
    code = '''
import torch
def make(): return torch.nn.Linear(2, 1)
def train(model, optimizer, x):
    for _ in range(3):
        optimizer.zero_grad()
        model(x).square().mean().backward()
        optimizer.step()
'''
    found = result(them, '''import torch
model = make()
before = [p.clone() for p in model.parameters()]
with c.check("learns", points=2):
    train(model, checks.theirs("torch").optim.Adam(model.parameters(), lr=0.1), torch.ones(4, 2))
    for old, new in zip(before, model.parameters()):
        assert not torch.equal(old, new)''', code)
    assert found.score == 2, found.checks


def test_a_test_that_does_nothing_good_is_no_end(them):
    made = cell("it_test", "import nothing_of_the_kind", grade=True, locked=True, points=2)
    made.outputs = run_test(made, them.kernel, seed="", folder=Path())
    found = score_cell(made)
    assert found.score == 0 and "ModuleNotFoundError" in found.checks[0]["message"]


def test_a_process_that_forges_its_answers_is_noted(them):
    forge = "import sys\nagent = sys.modules['_course_agent']\nold = agent._OPERATIONS['call']\n" \
            "agent._OPERATIONS['call'] = lambda *a: (_ for _ in ()).throw(type('E', (Exception,), {'__mro__': 1}))\n" \
            "real = agent.answer\nagent.answer = lambda frames: '[]' if hasattr(agent, 'lie') else real(frames)\n" \
            "class one:\n    def __call__(self): agent.lie = 1\none = one()\n" \
            "agent._OPERATIONS['call'] = lambda f, a, k: f()"
    found = result(them, TWO, forge)
    them.run_cell("agent.answer = real; agent._OPERATIONS['call'] = old")
    assert found.score == 0 and found.doubts == ["the answer to a call could not be read: it_test"]


# ---- whole submissions


def run(tmp_path, notebook, *, released=None, **options):
    """Run a submission as nbgrader's autograder does, and return its graded cells by name."""
    about = {"notebook": "n", "assignment": "a", "student": "s", "db_url": f"sqlite:///{tmp_path}/gradebook.db"}
    resources = {"nbgrader": about, "metadata": {"path": str(tmp_path)}}
    with Gradebook(about["db_url"]) as gradebook:
        gradebook.add_assignment("a")
    SaveCells().preprocess(copy.deepcopy(released or notebook), copy.deepcopy(resources))
    config = Config({"Run": {"kernel_name": "python3", "timeout": 60, "iopub_timeout": 10,
                             "shutdown_kernel": "immediate", **options}})
    done, _ = Run(config=config).preprocess(copy.deepcopy(notebook), resources)
    nbformat.validate(done)
    return {each.metadata.nbgrader.grade_id: each for each in done.cells
            if each.cell_type == "code" and each.get("metadata", {}).get("nbgrader", {}).get("grade")}


@pytest.fixture(autouse=True)
def alembic_is_found(monkeypatch):
    monkeypatch.setenv("PATH", os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))


@pytest.mark.parametrize("name", lesson_names())
def test_a_lessons_solution_gets_all_points(tmp_path, name):
    lesson = Lesson(name)
    notebook = copy.deepcopy(lesson.notebook)
    notebook.cells = [each for each in notebook.cells if "nbgrader" in each.metadata]
    for test in run(tmp_path, notebook, seed="any").values():
        found = score_cell(test)
        assert found.score == test.metadata.nbgrader.points and found.doubts == [], found


def test_it_runs_in_a_thread(tmp_path):
    scores = []
    thread = threading.Thread(target=lambda: scores.extend(
        score_cell(test).score for test in run(tmp_path, tiny()).values()))
    thread.start()
    thread.join()
    assert scores == [4, 3]


@pytest.mark.parametrize("line, says", [
    ("import my_module", "its cell stopped with ModuleNotFoundError: No module named 'my_module'"),
    ("x = (", "its cell stopped with SyntaxError"), ("x = 1", "is there a typing error")])
def test_an_answer_whose_cell_stopped_is_told_why(tmp_path, line, says):
    broken = line if line == "x = 1" else f"{line}\n{RIGHT['double']}"
    done = run(tmp_path, set_source(tiny(), double=broken), released=tiny())
    assert says in score_cell(done["double_test"]).checks[0]["message"]


REMEMBER = "memory = []\ndef double(x):\n    memory.append(x)\n    return 2 * x"


@pytest.mark.parametrize("half", [
    *(f"def half(x):\n    raise {error}" for error in (
        "ValueError(str(memory))", "type('x' + str(memory[-1]).replace('.', '_'), (Exception,), {})",
        "KeyError(memory[-1])", "NameError(f'name {str(memory[-1])!r} is not defined', name='x')",
        "AssertionError(str(memory))", "NotImplementedError(str(memory))")),
    "def half(x):\n    return type('x' + str(memory[-1]).replace('.', '_'), (list,), {})()",
    "raise ValueError(str(memory))\ndef half(x): pass",
    "raise type('x' + str(memory[-1]).replace('.', '_'), (Exception,), {})\ndef half(x): pass"])
def test_what_a_hidden_check_gave_is_not_told_by_a_later_one(tmp_path, half):
    done = run(tmp_path, set_source(tiny(), double=REMEMBER, half=half), released=tiny())
    found = score_cell(done["half_test"])
    assert score_cell(done["double_test"]).score == 4 and found.score == 0 and found.doubts == []
    assert "100" not in found.checks[0]["message"]


@pytest.mark.parametrize("half, says", [
    ("def half(x):\n    if x > 3:\n        raise ValueError('too large')", "in your line `raise ValueError('too "),
    ("def half(x):\n    return x / tow", "name 'tow' is not defined in your line `return x / tow`: is there"),
    ("def half(x):\n    return x.mean()", "'int' object has no attribute 'mean'"),
    ("import torch\ndef half(x):\n    return torch.ones(2) + torch.ones(x)", "size of tensor a (2) must match"),
    ("class OddError(Exception): pass\ndef half(x):\n    raise OddError(f'got {x}')", "OddError in your line `raise "),
    ("x = (\ndef half(x): pass", "its cell stopped with SyntaxError: '(' was never closed")])
def test_honest_mistakes_are_explained_behind_hidden_checks_too(tmp_path, half, says):
    done = run(tmp_path, set_source(tiny(), double=RIGHT["double"], half=half), released=tiny())
    assert says in score_cell(done["half_test"]).checks[0]["message"]


def test_a_test_of_the_students_own_making_does_not_run(tmp_path):
    mark = tmp_path / "mark"
    notebook = tiny()
    evil = f"from pathlib import Path\nPath({str(mark)!r}).touch()"
    set_source(notebook, half_test=evil)
    notebook.cells.append(cell("mine_test", evil, grade=True, locked=True, points=5))
    done = run(tmp_path, notebook, released=tiny())
    assert not mark.exists()
    assert score_cell(done["half_test"]).score == 3 and score_cell(done["mine_test"]).score == 0


HOSTILE = '''
from IPython.display import display
kernel = get_ipython().kernel
def send(kind, content):
    kernel.session.send(kernel.iopub_socket, kind, content, parent=kernel.get_parent("shell"))
deep = "x"
for _ in range(500):
    deep = [deep]
for kind in ("stream", "display_data", "execute_result", "error", "update_display_data", "status", "clear_output",
             "comm_open", "comm_msg", "execute_input", "nonsense"):
    for content in ({}, {"data": 5}, {"data": {"text/plain": 5, "a/json": deep}, "metadata": 3},
                    {"execution_count": deep}, {"name": "stdout", "text": deep},
                    {"traceback": [1]}, {"transient": {"display_id": ["a"]}},
                    {"execution_state": 7}, {"comm_id": "a", "target_name": "jupyter.widget", "data": {"state": 1}}):
        send(kind, content)
display({"application/vnd.speech-enhancement.checks+json": {"name": "double_test", "checks": []}}, raw=True)
display("shown")
def double(x):
    send("nonsense", {"data": deep})
    return x + x
'''


def test_messages_that_make_no_sense_cost_nobody_else_anything(tmp_path):
    notebook = set_source(tiny(), double=HOSTILE, half=RIGHT["half"])
    done = run(tmp_path, notebook, released=tiny())
    assert [score_cell(test).score for test in done.values()] == [4, 3]


def test_no_kernel_is_left(tmp_path):
    import psutil

    before = {process.pid for process in psutil.Process().children(recursive=True)}
    run(tmp_path, set_source(tiny(), double="import os\ndef double(x): os.kill(os.getpid(), 9)"), released=tiny())
    assert {process.pid for process in psutil.Process().children(recursive=True)} <= before


def test_plain_nbgrader_gives_the_same(tmp_path):
    notebook = set_source(tiny(), double="def double(x):\n    return 2 * abs(x)", half=RIGHT["half"])
    ours = run(tmp_path, notebook, released=tiny())
    plain, _ = Execute(kernel_name="python3", timeout=60).preprocess(copy.deepcopy(notebook), {})
    for name, points in (("double_test", 1.0), ("half_test", 3.0)):
        beside = plain.cells[position(plain, name)]
        assert determine_grade(beside)[0] == score_cell(beside).score == score_cell(ours[name]).score == points
        checks = [[(check["name"], check["passed"]) for check in score_cell(each).checks]
                  for each in (beside, ours[name])]
        assert checks[0] == checks[1]
