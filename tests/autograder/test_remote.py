"""A student's functions, classes and models can be used from here as if they were here; a lying one gains nothing."""

import copy
import itertools
import json
import signal
import threading
import time

import numpy as np
import pytest
import torch
from kernels import student

from autograder.remote import BadAnswerError, UnsuitableError
from autograder.talk import KernelLostError, OutOfTimeError
from autograder.wire import WireError

NET = '''
import torch

class Net(torch.nn.Module):
    """A small one."""
    kind = "small"

    def __init__(self, c=4):
        super().__init__()
        self.c = c
        self.a, self.b = torch.nn.Linear(3, c), torch.nn.Linear(c, 1)

    def forward(self, x):
        return self.b(torch.tanh(self.a(x)))
'''


@pytest.fixture(scope="module")
def them():
    with student() as started:
        yield started


@pytest.fixture
def model(them):
    return them.has(NET, "Net")(c=5)


def ours(model):
    """Return a model of this process that is the same."""
    names = {}
    exec(NET, names)
    made = names["Net"](model.c)
    made.load_state_dict(model.state_dict())
    return made


X, Y = torch.randn(8, 3), torch.randn(8, 1)


# ---- calls


def test_arguments_and_results_of_every_plain_kind(them):
    both = them.has("def both(*args, **kwargs): return args, kwargs", "both")
    args, kwargs = both(1, [2.5, None], torch.ones(2), key={"a": (True, np.arange(3))}, other=torch.float16)
    assert args[:2] == (1, [2.5, None]) and torch.equal(args[2], torch.ones(2))
    assert kwargs["key"]["a"][0] is True and kwargs["key"]["a"][1].tolist() == [0, 1, 2]
    assert kwargs["other"] is torch.float16


def test_names_that_shadow_pythons_own_disturb_nobody(them):
    double = them.has("list = dict = str = bytes = len = sum = abs = torch = np = isinstance = type = 3\n"
                      "def double(x): return x * 2", "double")
    try:
        assert torch.equal(double(torch.ones(2)), torch.full((2,), 2.0))
    finally:
        them.run_cell("del list, dict, str, bytes, len, sum, abs, torch, np, isinstance, type")


def test_what_is_done_to_an_argument_is_done_here_too(them):
    change = them.has("def change(x, a, many, names, some, g):\n    x *= 2; a[0] = 7; many.append(many.pop(0))\n"
                      "    names['b'] = x; some.add(3); import torch; torch.rand(3, generator=g)", "change")
    x, a, many, names, some = torch.ones(4), np.zeros((2, 2)).T, [[1], [2]], {"a": 1}, {1}
    inner, g, g2 = many[0], torch.Generator().manual_seed(1), torch.Generator().manual_seed(1)
    change(x[1:3], a, many, names, some, g)
    assert x.tolist() == [1, 2, 2, 1] and a.tolist() == [[7, 7], [0, 0]] and some == {1, 3}
    assert many == [[2], [1]] and many[1] is inner and names["b"].tolist() == [2, 2]
    torch.rand(3, generator=g2)
    assert torch.equal(g.get_state(), g2.get_state())


def test_exceptions_are_pythons_with_the_students_line(them):
    fail = them.has("def fail(x):\n    import json\n    return json.loads(x)", "fail")
    with pytest.raises(ValueError, match="Expecting value") as caught:
        fail("?")
    assert type(caught.value).__name__ == "JSONDecodeError" and caught.value.student_line == "return json.loads(x)"


@pytest.mark.parametrize("name", ["StopIteration", "GeneratorExit", "KeyboardInterrupt", "SystemExit", "Mine"])
def test_no_exception_ends_a_test_unseen(them, name):
    stop = them.has(f"class Mine(BaseException): pass\ndef stop(*x): raise {name}('!')", "stop")
    with pytest.raises(Exception, match="!") as caught:
        list(map(stop, [1, 2]))
    assert type(caught.value).__name__ == name
    assert not isinstance(caught.value, StopIteration | GeneratorExit | KeyboardInterrupt | SystemExit)


def test_names_that_are_not_there_are_left_out(them):
    assert them.kernel.names(["never_written"]) == {}


def test_functions_go_over_by_name_and_students_as_they_are(them):
    use, double = them.has("def use(f, x): return f(x)\ndef double(x): return 2 * x", "use", "double")
    assert use(double, 4) == 8 and use(torch.relu, torch.tensor(-1.0)) == 0
    assert use(torch.nn.functional.gelu, torch.tensor(0.0)) == 0 and use(np.abs, -3) == 3 and use(float, "1.5") == 1.5
    with pytest.raises(TypeError, match=r"checks\.theirs"):
        use(lambda x: x, 1)


def test_generators_are_as_lazy_as_they_were_written(them):
    count, seen = them.has("seen = []\ndef count():\n    for i in __import__('itertools').count():\n"
                           "        seen.append(i)\n        yield i", "count", "seen")
    numbers = count()
    assert list(itertools.islice(numbers, 3)) == [0, 1, 2] and next(numbers) == 3
    assert them.kernel.names(["seen"])["seen"] == [0, 1, 2, 3] and seen == []
    with pytest.raises(StopIteration):
        next(iter(them.has("def none():\n    return\n    yield", "none")()))


def test_objects_of_their_own_classes(them):
    make = them.has("class Box:\n    def __init__(self, x): self.x = x\n    def __len__(self): return 3\n"
                    "    def __getitem__(self, i): return [self.x, 1, 2][i]\n    def me(self): return self", "Box")
    box = make(5)
    assert len(box) == 3 and box[0] == 5 and list(box) == [5, 1, 2] and box.me() is box and isinstance(box, make)
    box.x = 6
    assert box.x == 6 and not hasattr(box, "nothing") and not callable(box) and type(box).__name__ == "Box"
    with pytest.raises(TypeError):
        copy.deepcopy(box)


# ---- models


def test_a_model_is_used_as_if_it_were_here(model):
    assert isinstance(model, torch.nn.Module) and model.c == 5 and model.kind == "small"
    assert [tuple(p.shape) for p in model.parameters()] == [(5, 3), (5,), (1, 5), (1,)]
    assert sum(p.numel() for p in model.parameters()) == 26
    assert [name for name, _ in model.named_parameters()][1] == "a.bias"
    assert model.eval() is model and model.training is False and model.train().training is True
    assert torch.allclose(model(X), ours(model)(X))
    with torch.no_grad():
        assert not model(X).requires_grad


def test_gradients_without_having_looked_at_the_parameters(model):
    model(X).mean().backward()
    assert all(p.grad is not None for p in model.parameters())


def test_training_from_outside_is_what_it_is_inside(model):
    local = ours(model)
    for net in (model, local):
        optimizer = torch.optim.Adam(net.parameters(), lr=0.05)
        for _ in range(3):
            optimizer.zero_grad()
            torch.nn.functional.mse_loss(net(X), Y).backward()
            optimizer.step()
    assert torch.allclose(model(X), local(X), atol=1e-6)
    for theirs, mine in zip(model.parameters(), local.parameters(), strict=True):
        assert torch.allclose(theirs, mine, atol=1e-6)


def test_gradients_of_inputs_and_through_several_calls(them, model):
    square = them.has("def square(x): return x ** 2", "square")
    x, x2 = X.clone().requires_grad_(), X.clone().requires_grad_()
    local = ours(model)
    square(model(2 * x)).sum().backward()
    (local(2 * x2) ** 2).sum().backward()
    assert torch.allclose(x.grad, x2.grad, atol=1e-6)
    parameters = list(model.parameters())
    found = torch.autograd.grad(model(X).sum(), parameters)
    want = torch.autograd.grad(local(X).sum(), list(local.parameters()))
    assert all(torch.allclose(a, b, atol=1e-6) for a, b in zip(found, want, strict=True))


def test_a_students_training_loop_with_an_optimizer_made_there(them, model):
    train = them.has("def train(model, optimizer, x, y):\n    for _ in range(30):\n        optimizer.zero_grad()\n"
                     "        ((model(x) - y) ** 2).mean().backward()\n        optimizer.step()", "train")
    parameters = list(model.parameters())
    before = [p.clone() for p in parameters]
    optimizer = them.kernel.module("torch").optim.SGD(model.parameters(), lr=0.1)
    assert isinstance(optimizer, torch.optim.Optimizer)
    train(model, optimizer, X, Y)
    assert not any(torch.equal(a, b) for a, b in zip(before, parameters, strict=True))


def test_what_is_written_into_a_parameter_arrives(model):
    model.a.weight.data.zero_()
    model.b.weight.data.zero_()
    with torch.no_grad():
        model.b.bias.fill_(3)
    assert model.a.weight is model.a.weight and torch.equal(model(X).detach(), torch.full((8, 1), 3.0))
    state = {name: torch.ones_like(value) for name, value in model.state_dict().items()}
    model.load_state_dict(state)
    assert torch.equal(next(model.parameters()), torch.ones(5, 3))


# ---- lies


def test_an_object_that_equals_everything_equals_nothing(them):
    liar = them.has("class Liar:\n    def __eq__(self, o): return True\n    def __bool__(self): return True\n"
                    "    def __getattr__(self, n): return lambda *a: True\n    def __add__(self, o): return 1\n"
                    "    __radd__ = __lt__ = __gt__ = __ge__ = __le__ = __contains__ = __add__\n"
                    "    def __array__(self, *a, **k): return __import__('numpy').ones(1)\n"
                    "    @property\n    def __class__(self): return __import__('torch').Tensor\nliar = Liar()", "liar")
    assert liar != 1 and liar != "a" and 1 not in [liar] and not isinstance(liar, torch.Tensor | int)
    for lie in (lambda: bool(liar), lambda: liar + 1, lambda: 1 + liar, lambda: liar < 1, lambda: torch.ones(1) + liar,
                lambda: float(liar), lambda: abs(liar), lambda: torch.equal(torch.ones(1), liar), lambda: 1 in liar):
        with pytest.raises(TypeError):
            lie()


@pytest.mark.parametrize("source", [
    "import torch\nclass T(torch.Tensor): pass\nit = torch.ones(2).as_subclass(T)",
    "import numpy\nclass A(numpy.ndarray): pass\nit = numpy.ones(2).view(A)", "class F(float): pass\nit = F(1)",
    "class D(dict): pass\nit = D(a=1)", "class S(str): pass\nit = S('a')"])
def test_a_subclass_is_an_object_and_no_data(them, source):
    it = them.has(source, "it")
    assert type(it).__name__ in "TAFDS" and not isinstance(it, torch.Tensor | np.ndarray | float | dict | str)


def reply_with(text):
    """Return source that puts a text in the place of the next call's reply."""
    return (f"import sys\nagent = sys.modules['_course_agent']\nold = agent.answer\n"
            f"def forge(frames):\n    agent.answer = old\n    return {text}\nagent.answer = forge")


FORGED = {
    "another format": "'{}'", "too deep": "'[' * 50_000",
    "a pickle": "'\\x80\\x04.'", "one part": json.dumps(json.dumps(["list", 1])),
    "value of nothing": json.dumps(json.dumps(["list", ["dict"], ["list"], ["list"]])),
    "an exception of nothing": json.dumps(json.dumps(["list", ["dict", "error", 1], ["list"], ["list"]])),
    "an object without number": json.dumps(json.dumps(
        ["list", ["dict", "value", ["object", "x", "y", False, [], []]], ["list"], ["list"]])),
    "an input that is none": json.dumps(json.dumps(["list", ["dict", "value", ["input", 5]], ["list"], ["list"]])),
    "a change of nothing": json.dumps(json.dumps(
        ["list", ["dict", "value", 1], ["list", ["list", 99, "array", 1]], ["list"]])),
    "the request turned into a circle": json.dumps(json.dumps(
        ["list", ["dict", "value", 1], ["list", ["list", 2, "list", ["list", ["tuple", True, 2]]]], ["list"]])),
    "news of nothing": json.dumps(json.dumps(["list", ["dict", "value", 1], ["list"], ["list", 1]])),
    "many objects": "'[\"list\",[\"dict\",\"value\",[\"list\"' + ',[\"object\",1,\"x\",false,[],[]]' * 5000 + "
                    "']],[\"list\"],[\"list\"]]'",
}


@pytest.mark.parametrize("text", FORGED.values(), ids=FORGED)
def test_a_forged_reply_costs_its_call_and_is_noted(them, text):
    double = them.has("def double(x): return 2 * x", "double")
    them.run_cell(reply_with(text))
    them.kernel.doubts.clear()
    with pytest.raises(BadAnswerError, match="cannot be read"):
        double([1])
    assert them.kernel.doubts == ["the answer to a call could not be read"]
    assert double([1]) == [1, 1]


@pytest.mark.parametrize("source", [
    reply_with("None"), reply_with("''"), reply_with("bytearray(10 ** 15)"), reply_with("exec('raise MemoryError')"),
    "import sys\nagent = sys.modules.pop('_course_agent')"], ids=["no text", "empty", "large", "out of memory", "gone"])
def test_a_call_without_an_answer_costs_its_call_and_is_no_reason_for_doubt(them, source):
    double = them.has("def double(x): return 2 * x", "double")
    them.run_cell(source)
    them.kernel.doubts.clear()
    with pytest.raises(BadAnswerError, match="gave no answer"):
        double(1)
    assert them.kernel.doubts == []
    them.run_cell("sys.modules['_course_agent'] = agent")
    assert double(1) == 2


def test_shell_replies_that_lack_something_are_nobodys(them):
    slow = them.has('''
def slow(x):
    kernel = get_ipython().kernel
    parent, ident = kernel.get_parent("shell"), kernel._parent_ident["shell"]
    for kind, content in [("execute_reply", {}), ("execute_reply", {"status": 5}), ("x", {"status": "ok"}),
                          ("execute_reply", {"status": "error"}), ("kernel_info_reply", {})]:
        kernel.session.send(kernel.shell_stream or kernel.shell_socket, kind, content, parent=parent, ident=ident)
    return x + 1
''', "slow")
    try:
        assert slow(1) == 2
    except AttributeError:
        pytest.skip("this ipykernel keeps its socket elsewhere")


def test_a_huge_reply_is_refused_where_it_is_made(them):
    huge = them.has("import numpy\ndef huge(): return numpy.zeros(10 ** 8)", "huge")
    with pytest.raises(ValueError, match="too large"):
        huge()


ODD = {
    "sparse": ("torch.eye(2).to_sparse()", r"a sparse tensor: .*to_dense"),
    "sparse, trained": ("torch.eye(2).to_sparse().requires_grad_()", "a sparse tensor"),
    "rows": ("torch.sparse_csr_tensor([0, 1], [0], [1.0])", "a sparse tensor"),
    "quantized": ("torch.quantize_per_tensor(torch.zeros(3), 0.1, 0, torch.qint8)", r"quantized .*dequantize"),
    "nested": ("torch.nested.nested_tensor([torch.zeros(1), torch.zeros(2)])", "different lengths"),
    "meta": ("torch.zeros(2, device='meta')", "without values"),
    "float8": ("torch.zeros(2).to(torch.float8_e4m3fn)", r"\.float\(\)"),
    "subclass": ("torch.zeros(2).as_subclass(type('T', (torch.Tensor,), {}))", r"as_subclass\(torch\.Tensor\)"),
    "matrix": ("np.matrix([[1, 2]])", r"np\.asarray"), "masked": ("np.ma.masked_all(3)", r"\.filled"),
    "array": ("np.zeros(2).view(type('A', (np.ndarray,), {}))", r"np\.asarray"),
    "rows of objects": ("np.array([[1], [1, 2]], dtype=object)", "different shapes"),
    "text": ("np.array(['a'])", "a type that the tests cannot read"),
    "long": ("np.zeros(2, np.longdouble)", r"astype\(float\)"),
    "in a list": ("[1, (np.matrix([[1]]),)]", "np.matrix"), "in a dict": ("{'a': torch.eye(2).to_sparse()}", "sparse")}


@pytest.mark.parametrize("value, says", ODD.values(), ids=ODD)
@pytest.mark.filterwarnings("ignore")
def test_what_is_no_plain_array_is_called_by_its_name_with_the_way_out(them, value, says):
    make = them.has(f"import numpy as np, torch, warnings\nwarnings.simplefilter('ignore')\ndef make(): return {value}",
                    "make")
    with pytest.raises(UnsuitableError, match=f"Your function returned .*{says}"):
        make()


def test_a_class_of_tensors_can_be_had_all_the_same(them):
    kind, use = them.has("import torch\nclass T(torch.Tensor): pass\ndef use(t): return t + 1", "T", "use")
    made = kind(torch.zeros(2))
    assert type(made).__name__ == "T"
    with pytest.raises(UnsuitableError, match="class of its own"):
        use(made)


def test_an_odd_tensor_of_a_test_is_refused(them):
    same = them.has("def same(x): return x", "same")
    with pytest.raises(WireError, match="a sparse tensor cannot be given"):
        same(torch.eye(2).to_sparse())


LABORIOUS = {
    "bytes": "bytearray(60_000_000)", "in a list": "[bytearray(30_000_000)]",
    "small": "[np.zeros(60_000_000, np.int8)]",
    "rows": "[np.zeros((3_000_000, 1))]", "nested": "[[(np.zeros((20, 90_000, 1)),)] * 2]",
    "deep": "[np.zeros((200_000, *[1] * 30))]", "text": "['x' * 500_000, *range(1000)]",
    "in a dict": "{'a': [bytearray(30_000_000)]}"}


@pytest.mark.parametrize("value", LABORIOUS.values(), ids=LABORIOUS)
def test_lists_that_would_keep_the_grader_busy_are_refused(them, value):
    make = them.has(f"import numpy as np\ndef make(): return {value}", "make")
    with pytest.raises(UnsuitableError, match="return one array or tensor"):
        make()


@pytest.mark.parametrize("value", [
    "[np.zeros((2, 160_000), np.float32) for _ in range(20)]", "np.zeros((4_000_000, 1))", "list(range(100_000))",
    "(np.zeros(3_000_000), np.zeros(3_000_000))", "[torch.zeros(3_000_000, 2)] * 2", "{'a': np.zeros((4_000_000, 1))}",
    "['x' * 100] * 1000"])
def test_lists_of_a_usual_size_are_not(them, value):
    make = them.has(f"import numpy as np, torch\ndef make(): return {value}", "make")
    make()


def test_parameters_take_so_much_memory_and_no_more(them):
    make = them.has("import torch\ndef make(n, size):\n"
                    "    return [torch.nn.Parameter(torch.zeros(size), size > 9) for _ in range(n)]", "make")
    try:
        assert len(make(10, 1_000_000)) == 10
        for n, size in ((12, 1_000_000), (1000, 5)):
            with pytest.raises(BadAnswerError, match="too much memory"):
                for _ in range(60):
                    make(n, size)
            them.kernel.mirrors.clear()
            assert len(make(3, 5)) == 3
    finally:
        them.kernel.mirrors.clear()
        them.kernel.doubts.clear()


def test_an_exception_that_cannot_be_read_has_no_message(them):
    fail = them.has("class Odd(Exception):\n    def __str__(self): raise ValueError\nOdd.__name__ = 'a b'\n"
                    "def fail(): raise Odd", "fail")
    with pytest.raises(Exception) as caught:
        fail()
    assert type(caught.value).__name__ == "a_b" and str(caught.value) == ""


def test_objects_of_one_kernel_stay_there(them):
    f = them.has("def f(x): return x", "f")
    with student() as other:
        g = other.has("def g(x): return x", "g")
        with pytest.raises(WireError, match="another kernel"):
            g(f)


# ---- limits


def test_a_call_without_end_is_stopped_and_the_kernel_goes_on(them):
    spin, stuck, double = them.has(
        "def spin():\n    while True: pass\nclass Stuck(Exception):\n    def __str__(self): spin()\n"
        "def stuck(): raise Stuck\ndef double(x): return 2 * x", "spin", "stuck", "double")
    them.kernel.call_limit = them.kernel.first_call_limit = 0.5
    try:
        for function in (spin, stuck):
            with pytest.raises(OutOfTimeError, match="loop without an end"):
                function()
        assert double(2) == 4
    finally:
        them.kernel.call_limit, them.kernel.first_call_limit = 20.0, 60.0


@pytest.mark.parametrize("ends", [True, False])
def test_a_kernel_that_was_starved_while_it_was_interrupted_answers_what_is_asked_next(them, ends, monkeypatch):
    nap, double = them.has("import time\ndef nap(): time.sleep(0.4)\ndef double(x): return 2 * x", "nap", "double")
    monkeypatch.setattr("autograder.talk.PATIENCE", 0.3 if ends else 5)
    them.kernel.call_limit = them.kernel.first_call_limit = 0.3
    process = them.manager.provisioner.process
    process.send_signal(signal.SIGSTOP)
    threading.Timer(0.5, process.send_signal, [signal.SIGCONT]).start()
    try:
        if ends:
            them.kernel.hang_up()
        else:
            with pytest.raises(OutOfTimeError):
                nap()
        them.kernel.call_limit = them.kernel.first_call_limit = 20.0
        assert [double(x) for x in range(20)] == [2 * x for x in range(20)]
        assert them.has("late = 3", "late") == 3
    finally:
        them.kernel.call_limit, them.kernel.first_call_limit = 20.0, 60.0


def test_the_first_call_of_a_function_has_longer(them):
    slow, other = them.has("import time\ndef slow(): time.sleep(1)\ndef other(): time.sleep(1)", "slow", "other")
    them.kernel.call_limit, them.kernel.first_call_limit = 0.3, 5.0
    try:
        for function in (slow, other):
            function()
            with pytest.raises(OutOfTimeError):
                function()
        them.kernel.deadline = time.monotonic() + 0.3
        with pytest.raises(OutOfTimeError):  # but a cell has no longer
            them.has("def third(): slow()", "third")()
    finally:
        them.kernel.call_limit, them.kernel.first_call_limit, them.kernel.deadline = 20.0, 60.0, float("inf")


def test_a_function_that_took_too_long_gets_little_time_for_its_next_call(them):
    slow = them.has("import time\ndef slow(seconds): time.sleep(seconds)", "slow")
    them.kernel.call_limit = them.kernel.first_call_limit = 0.3
    try:
        with pytest.raises(OutOfTimeError):
            slow(5)
        them.kernel.call_limit = 20.0
        with pytest.raises(OutOfTimeError):
            slow(1)
    finally:
        them.kernel.call_limit, them.kernel.first_call_limit = 20.0, 60.0


def test_a_generator_without_end_is_stopped_by_the_cells_deadline(them):
    ones = them.has("def ones():\n    while True: yield 1", "ones")
    them.kernel.deadline = time.monotonic() + 0.5
    try:
        with pytest.raises(OutOfTimeError):
            list(ones())
    finally:
        them.kernel.deadline = float("inf")


def test_what_a_function_prints_fills_nothing(them):
    loud = them.has("def loud():\n    for i in range(300): print('x' * 10_000, flush=True)\n    return 1", "loud")
    assert loud() == 1 and loud() == 1


@pytest.mark.parametrize("source, says", [
    ("import os\ndef last(): os._exit(1)", "the kernel died in this cell"),
    ("import signal\ndef last():\n    signal.signal(signal.SIGINT, signal.SIG_IGN)\n    while True: pass",
     "the kernel hung in this cell")])
def test_a_kernel_that_is_gone_says_so_at_once_ever_after(source, says, monkeypatch):
    monkeypatch.setattr("autograder.talk.PATIENCE", 0.5)
    with student() as started:
        last = started.has(source, "last")
        started.kernel.first_call_limit = started.kernel.call_limit = 1.0
        with pytest.raises(KernelLostError, match=says):
            last()
        begin, started.kernel.call_limit = time.monotonic(), 60.0
        with pytest.raises(KernelLostError, match=says):
            last()
        assert time.monotonic() - begin < 30
