"""Checks give partial points, name mistakes, give nothing away and are not fooled by odd values."""

import json
import math

import numpy as np
import pytest
import torch

from course_utils import checks


def message(body, **options) -> str:
    c = checks.Checks("x_test", points=1)
    with c.check("one", points=1, **options):
        body()
    return c.checks[0].message


def test_one_failed_check_costs_only_its_own_points():
    c = checks.Checks("x_test", points=3)
    with c.check("first", points=1):
        raise AssertionError("too loud")
    with c.check("second", points=2):
        pass
    assert c.earned == 2 and c.report() == 2.0
    assert [(check.name, check.passed, check.message) for check in c.checks] == \
        [("first", False, "too loud"), ("second", True, "")]


def test_all_passed_is_none_so_that_nbgrader_gives_all_points():
    c = checks.Checks("x_test", points=1)
    with c.check("one", points=1):
        pass
    assert c.report() is None


def test_report_is_shown_as_text_as_html_and_as_data_for_the_grader(monkeypatch):
    shown = []
    monkeypatch.setattr(checks, "display", lambda data, raw: shown.append(data))
    c = checks.Checks("x_test", points=3)
    with c.check("a <b>", points=1):
        raise AssertionError("1 < 2")
    c.report()
    (data,) = shown
    assert "0 of 1 points here; 2 more from checks that run when your work is graded" in data["text/plain"]
    assert "a &lt;b&gt;" in data["text/html"] and "1 &lt; 2" in data["text/html"]
    assert json.loads(json.dumps(data[checks.MIME])) == {
        "name": "x_test", "score": 0.0, "max_score": 3.0,
        "checks": [{"name": "a <b>", "passed": False, "points": 1.0, "message": "1 < 2"}]}


def test_checks_worth_more_than_the_cell_are_an_error():
    c = checks.Checks("x_test", points=1)
    with c.check("one", points=2):
        pass
    with pytest.raises(ValueError, match="worth more"):
        c.report()


def test_a_stub_is_told_that_it_is_one():
    def stub():
        raise NotImplementedError
    assert "Not written yet" in message(stub)
    assert "Try again." not in message(stub, hint="Try again.")
    assert message(lambda: 1 / 0, hint="Try again.").endswith("division by zero. Try again.")


def test_what_pytorch_has_not_implemented_is_not_taken_for_a_stub():
    text = message(lambda: torch.ones(2, dtype=torch.complex64).clamp_min(0))
    assert "Not written yet" not in text and "complex" in text


def test_an_undefined_name_and_an_error_are_explained():
    assert "run the cells above" in message(lambda: undefined_name)  # noqa: F821
    assert "ZeroDivisionError" in message(lambda: 1 / 0)


def test_a_variable_without_a_value_yet_is_not_called_a_typing_error():
    def count():
        for _ in range(3):
            n += 1  # noqa: F821
        return n

    c = checks.Checks("x", points=1)
    with c.check("a", points=1):
        count()
    assert "before a loop" in c.checks[0].message
    assert "typing error" not in c.checks[0].message


def test_an_interrupt_is_not_swallowed():
    with pytest.raises(KeyboardInterrupt):
        message(lambda: (_ for _ in ()).throw(KeyboardInterrupt()))


EXPECTED = torch.tensor([[1.0, 2.0, 4.0], [3.0, 7.0, -1.0]])


@pytest.mark.parametrize("value", [EXPECTED, EXPECTED.double(), EXPECTED.numpy(), EXPECTED + 1e-7,
                                   torch.nn.Parameter(EXPECTED), (1j * EXPECTED).imag])
def test_equal_numbers_pass_whatever_holds_them(value):
    checks.close(value, EXPECTED)


def test_a_lazy_conjugate_is_read_as_what_it_stands_for():
    X = torch.complex(EXPECTED, EXPECTED.flip(0))
    checks.close(X.conj(), torch.complex(EXPECTED, -EXPECTED.flip(0)))
    assert "complex conjugate" in message(lambda: checks.close(X.conj(), X))


@pytest.mark.parametrize("value, expected", [(float("inf"), torch.inf), (np.float64(2), 2), (2, 2.0)])
def test_equal_scalars_pass(value, expected):
    checks.close(value, expected)


class EqualsEverything:
    def __eq__(self, other):
        return True

    def __getattr__(self, name):
        return self

    def __call__(self, *args):
        return self


@pytest.mark.parametrize("value, words", [
    (2 * EXPECTED, "2 times what it should be"),
    (EXPECTED + 3, "+3 away"),
    (-EXPECTED, "-1 times"),
    (EXPECTED.T, "has shape (3, 2), expected (2, 3)"),
    (torch.zeros(2, 3), "the same number everywhere"),
    (EXPECTED * torch.nan, "6 values that are NaN"),
    (EXPECTED.flip(0), "100 % of its values are wrong"),
    (EXPECTED**2, "Take the square root."),
    (EXPECTED + 0j, "is complex, expected real"),
    (None, "end with `return`"),
    ("text", "of type str"),
    (True, "of type bool"),
    (EqualsEverything(), "of type EqualsEverything"),
    ([1.0, 2.0], "of type list"),
])
def test_a_wrong_value_is_told_what_is_wrong_with_it(value, words):
    text = message(lambda: checks.close(value, EXPECTED, slips={"Take the square root.": EXPECTED**2}))
    assert words in text
    assert "7" not in text  # no expected value is told


def test_a_small_difference_is_not_said_to_be_none():
    value = EXPECTED + 1e-5 * EXPECTED.flip(1)
    assert "less than 1 % of its values" in message(lambda: checks.close(value, EXPECTED, atol=0, rtol=0))


@pytest.mark.parametrize("value, words", [
    (torch.zeros(2), "has shape (2,), expected (3,)"), (torch.zeros(3).double(), "float64"), (np.zeros(3), "ndarray"),
    (torch.tensor([0, torch.inf, 0]), "NaN or infinite"), (EqualsEverything(), "EqualsEverything"), (None, "return")])
def test_tensor_says_what_it_expected(value, words):
    assert words in message(lambda: checks.tensor(value, shape=(3,), dtype=torch.float32))


PLAIN = torch.ones(2, 3)


class Own(torch.Tensor):
    pass


class tensor:  # noqa: N801
    shape, dtype = (2, 3), torch.float32


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("make, words", [
    (PLAIN.to_sparse, "`.to_dense()`"),
    (PLAIN.to_sparse_csr, "`.to_dense()`"),
    (lambda: torch.quantize_per_tensor(PLAIN, 0.1, 0, torch.qint8), "`.dequantize()`"),
    (lambda: torch.nested.nested_tensor([PLAIN[0], PLAIN[0, 1:]]), "of a single shape"),
    (lambda: PLAIN.to("meta"), '`device="cpu"`'),
    (lambda: PLAIN.to(torch.float8_e4m3fn), "`.float()`"),
    (lambda: PLAIN.as_subclass(Own), "type Own, expected {}. Return a plain tensor, with `.as_subclass(torch.Tensor)`"),
    (lambda: np.matrix(PLAIN.numpy()), "`np.asarray(...)`"),
    (lambda: np.ma.array(PLAIN.numpy(), mask=True), "`.filled(...)`"),
    (lambda: np.array([[1, None, 1]] * 2), "parts of different shapes"),
    (lambda: np.array([["1", "1", "1"]] * 2), "text in it"),
    (lambda: PLAIN.numpy().astype(np.longdouble), "`.astype(float)`"),
    (lambda: type("Series", (), {})(), "`.to_numpy()`"),
    (lambda: (PLAIN,), "type tuple, expected {}. Return a single value"),
    (lambda: [PLAIN], "`torch.stack(...)`"),
    (lambda: PLAIN.mean, "Call it, with `()`"),
    (lambda: (part for part in PLAIN), "`yield`"),
    (tensor, "type tensor, expected {}")])
def test_a_value_of_an_odd_kind_is_named_with_the_way_out(make, words):
    value = make()
    for says, expected in ((lambda: checks.tensor(value, shape=(2, 3), dtype=torch.float32), "a torch.Tensor"),
                           (lambda: checks.close(value, PLAIN), "numbers")):
        text = message(says)
        assert words.format(expected) in text and text.startswith("the result is of type ")


@pytest.mark.parametrize("value", [PLAIN.bfloat16(), PLAIN.numpy().astype(">f8"), PLAIN.numpy()[::-1],
                                   PLAIN.clone().requires_grad_() * 1, PLAIN.to(torch.uint16)])
def test_numbers_in_any_form_are_compared(value):
    checks.close(value, PLAIN)
    assert "2 times" in message(lambda: checks.close(value, PLAIN / 2))


@pytest.mark.parametrize("value, words", [(np.ones(3), "`torch.from_numpy(...)`"), (1.0, "`.item()`")])
def test_what_is_no_tensor_any_more_is_told_how_to_stay_one(value, words):
    assert words in message(lambda: checks.tensor(value))


def test_random_inputs_repeat_with_a_seed_and_change_with_it(monkeypatch):
    def draw(name):
        return torch.randn(3, generator=checks.Checks(name, points=1).generator())
    assert torch.equal(draw("a_test"), draw("a_test"))
    assert not torch.equal(draw("a_test"), draw("b_test"))
    before = draw("a_test")
    monkeypatch.setenv("COURSE_CHECK_SEED", "secret")
    assert not torch.equal(draw("a_test"), before)


def test_what_goes_wrong_between_checks_costs_only_what_comes_behind(capsys):
    def power_test(c):
        with c.check("first", points=1):
            pass
        raise RuntimeError("between")

    assert checks.run(power_test, points=3) == 1
    last = checks.REPORTED.pop().checks[-1]
    assert (last.passed, last.points) == (False, 2) and "stopped here. RuntimeError: between" in last.message


def test_a_grader_takes_the_report_and_gives_the_seed():
    class Grader:
        seed, taken = "mine", ()

        def report(self, found, value):
            self.taken = found.earned, value

        def module(self, name):
            return f"their {name}"

    def power_test(c):
        with c.check("draw", points=2):
            assert not torch.equal(torch.rand(3, generator=c.generator()), alone)
            assert checks.theirs("torch") == "their torch"

    alone = torch.rand(3, generator=checks.Checks("power_test", points=2).generator())
    grader, before = Grader(), list(checks.REPORTED)
    token = checks.GRADER.set(grader)
    try:
        assert checks.run(power_test, points=2) is None
    finally:
        checks.GRADER.reset(token)
    assert grader.taken == (2, None) and checks.theirs("math") is math
    assert before == checks.REPORTED  # it went to the grader alone
