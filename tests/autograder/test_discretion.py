"""What is said by honest code is passed on after hidden checks, and what could be their inputs is not."""

import numpy as np
import pytest
import torch
from scipy.interpolate import CubicSpline

from autograder.discretion import LEFT_OUT, LONGEST_MESSAGE, Discretion
from course_utils import degrade, metrics, signal

NOTEBOOK = '''
class WrongShapeError(ValueError):
    """Raised by frame."""

def frame(x, *, hop_length):
    if hop_length < 1:
        raise WrongShapeError("hop_length must be above 0")
    levels = {"quiet": 1}
    y = x
    return x.unfold(-1, 4, hop_length).wavelength
'''


@pytest.fixture
def after():
    """Return what decides after a hidden check has run."""
    discretion = Discretion(NOTEBOOK)
    discretion.needed = True
    return discretion


def frame(x, *, hop_length):
    """Stand for a student's function."""


X = torch.zeros(2, 3)
HONEST = {
    "a typing error": lambda: X.wavelength, "None": lambda: None + 1, "a function": lambda: frame[0],
    "no argument": lambda: frame(X), "too many": lambda: frame(X, 1), "another": lambda: frame(X, levels=1),
    "shapes": lambda: X + torch.zeros(4), "product": lambda: X @ X, "reshape": lambda: X.reshape(4, 4),
    "numpy's shapes": lambda: np.zeros(3) + np.zeros(4), "index": lambda: X[5], "list": lambda: [][0],
    "axis": lambda: X.sum(5), "stack": lambda: torch.stack([X, X.T]), "cat": lambda: torch.cat([X, X.T]),
    "truth": lambda: bool(X), "type": lambda: torch.sqrt(2.0), "grad": lambda: X.clone().requires_grad_().numpy(),
    "zero": lambda: 1 / 0, "channels": lambda: torch.nn.Conv1d(1, 2, 2)(torch.zeros(2, 3, 4)),
    "real": lambda: torch.fft.rfft(X + 0j), "key": lambda: {}["quiet"], "unpack": lambda: exec("a, b = [1]"),
    "layer": lambda: torch.nn.Linear(4, 1)(X), "dot": lambda: torch.dot(X, X),
    "bmm": lambda: torch.bmm(X[None], X[None]), "lengths": lambda: metrics.snr(X[:, :2], X),
    "frames": lambda: signal.istft(torch.zeros(257, 9) + 0j, length=5000),
    "noise": lambda: degrade.mix(X, X * 0, snr_db=1), "scalar": lambda: torch.cat([X[0], X[0, 0]]),
    "dimensions": lambda: torch.cat([X, X[0]]), "view": lambda: X.T.view(6), "nowhere": lambda: torch.randint(0, (2,)),
    "half a size": lambda: X.reshape(3 / 1, 2), "axis of a spline": lambda: CubicSpline([0, 1, 2], X),
    "times of a spline": lambda: CubicSpline(X, X), "too few": lambda: CubicSpline([0], X[:1])}


@pytest.mark.parametrize("fail", HONEST.values(), ids=HONEST)
def test_common_messages_are_passed_on(after, fail):
    with pytest.raises(Exception) as caught:
        fail()
    message = str(caught.value)
    assert after.message(message) != LEFT_OUT
    assert message.startswith(after.message(message))


@pytest.mark.parametrize("message", ["hop_length must be above 0", "'quiet'", ""])
def test_what_stands_in_the_notebook_is_passed_on(after, message):
    assert after.message(message) == message


@pytest.mark.parametrize("message", [
    "0.1234", "1 2 3", "[1, 2]", "hop_length must be above 3", "'loud'", "name 'x0_1234' is not defined", '"' * 20,
    "index 12345678 is out of bounds for dimension 0 with size 3", "'a1b2' object has no attribute 'c3d4'",
    "shape '[1, 2, 3, 4, 5, 6, 7]' is invalid for input of size 8", "division by zero 1234",
    "cannot import name 'x1234' from 'frame' x1234",
    "frame() missing 1 required positional argument: 'x1234'", "division\u00a0by zero",
    # Digits of other scripts, and zeros in front, hold three times as much.
    "index \u0661\u0662 is out of bounds for dimension 0 with size 3",
    "index 007 is out of bounds for dimension 0 with size 3", "cannot reshape array of size 4 into shape (01,2)"])
def test_what_could_be_an_input_is_not(after, message):
    assert after.message(message) == LEFT_OUT
    assert Discretion(NOTEBOOK).message(message) == message


def test_nothing_behind_a_common_sentence_is_passed_on(after):
    said = "The expanded size of the tensor (4) must match the existing size (3) at non-singleton dimension 0."
    assert after.message(f"{said}  Target sizes: [4].  Tensor sizes: [3]") == said
    assert after.message("division by zero\n0.1234") == "division by zero"
    assert after.message("invalid syntax (1234.py, line 5)") == "invalid syntax"


def test_a_message_is_read_in_no_time(after):
    for text in ("a" * 10 ** 6, "'" * LONGEST_MESSAGE, "W() " * 100, "(1," * 100, "shape '[" + "1, " * 200):
        assert after.message(text) == LEFT_OUT


def test_classes_are_named_by_what_the_notebook_or_a_library_calls_them(after):
    known = ["JSONDecodeError", "json.decoder.JSONDecodeError", "builtins.ValueError", "builtins.Exception"]
    assert after.class_name(["WrongShapeError", "__main__.WrongShapeError"]) == "WrongShapeError"
    assert after.class_name(known) == "JSONDecodeError"
    assert after.class_name(["x0_1234", "__main__.x0_1234", *known[2:]]) == "ValueError"
    assert after.class_name(["x0_1234", "sys.x0_1234"]) == "object"
    assert Discretion(NOTEBOOK).class_name(["x0_1234"]) == "x0_1234"


def test_only_lines_of_the_notebook_are_quoted(after):
    assert after.line("if hop_length < 1:") == "if hop_length < 1:"
    assert after.line("secret = 0.1234") == ""
    assert Discretion().line("anything") == "anything"
