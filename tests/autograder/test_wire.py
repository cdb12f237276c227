"""Plain data goes through as it is, and no text that anybody writes does harm."""

import base64
import json
import math
import time
import tracemalloc
from collections import OrderedDict

import numpy as np
import pytest
import torch

from autograder.wire import LONGEST, Reader, WireError, Writer


def there_and_back(value, **options):
    return Reader(**options).value(Writer(**options).text(value))


@pytest.mark.parametrize("value", [
    None, True, 0, -1, 2 ** 63, -2 ** 70, 1.5, -0.0, math.inf, -math.inf, 3 - 4j, "", "Grüße\ud800\n", "x" * 5000,
    b"\0\n", bytearray(b"ab"), [], [1, [2.0, "3"]], (), (1, (2,)), {}, {1: 2, "a": [3], (1, 2): None}, {1, 2},
    frozenset([1.5]), OrderedDict(b=1, a=2), slice(1, None, 2), range(2, 9, 3), ..., np.float32(1.5), np.bool_(True),
    np.int64(-3), torch.float32, torch.Size([2, 3]), torch.device("cpu")], ids=repr)
def test_a_value_comes_back_as_it_was(value):
    back = there_and_back(value)
    assert type(back) is type(value) and repr(back) == repr(value)


def test_nan_stays_nan():
    assert math.isnan(there_and_back(math.nan))


@pytest.mark.parametrize("dtype", ["bool", "int8", "uint8", "int16", "int32", "int64", "float16", "bfloat16", "float32",
                                   "float64", "complex64", "complex128"])
@pytest.mark.parametrize("shape", [(), (0,), (3,), (2, 0, 4), (2, 3, 4)])
def test_tensors_and_arrays_of_any_type_and_shape(dtype, shape):
    tensor = (torch.arange(math.prod(shape)).reshape(shape) - 1).to(getattr(torch, dtype))
    back = there_and_back(tensor)
    assert back.dtype == tensor.dtype and back.shape == tensor.shape and torch.equal(back, tensor)
    if dtype != "bfloat16":
        again = there_and_back(tensor.numpy())
        assert again.dtype == tensor.numpy().dtype and np.array_equal(again, tensor.numpy())


def test_views_arrive_as_what_they_show():
    x = torch.randn(3, 4, dtype=torch.complex64)
    for view in (x.T, x[:, ::2], x.conj(), x.imag, x[0].expand(5, 4), x[:1, 0], x[:1, :1].imag):
        assert torch.equal(there_and_back(view), view)
    a = np.arange(6).reshape(2, 3)
    for view in (a.T, a[::-1], a.astype(">f8"), np.asfortranarray(a)):
        assert np.array_equal(there_and_back(view), view)


def test_what_arrives_can_be_written_to():
    x, a = there_and_back([torch.zeros(2), np.zeros(2)])
    x += 1
    a += 1
    assert x.sum() == 2 and a.sum() == 2


def test_a_generator_goes_on_where_it_was():
    generator = torch.Generator().manual_seed(3)
    torch.rand(5, generator=generator)
    back = there_and_back(generator)
    assert torch.equal(torch.rand(4, generator=back), torch.rand(4, generator=generator))


def test_one_object_stays_one_object_where_that_is_wanted():
    x = torch.zeros(2)
    loop = [x, x]
    loop.append(loop)
    back = there_and_back(loop, shared=True)
    assert back[0] is back[1] and back[2] is back


class Sly(float):
    def __eq__(self, other):
        return True


@pytest.mark.parametrize("value", [Sly(1), type("L", (list,), {})(), torch.zeros(2).as_subclass(type(
    "T", (torch.Tensor,), {})), object(), len, Sly, np.array([object()]), np.array(["a"]),
    torch.zeros(2, device="meta"), torch.eye(2).to_sparse(), np.ma.array([1.0])],
    ids=lambda value: type(value).__name__)
def test_only_exact_types_are_plain(value):
    with pytest.raises(WireError):
        Writer().text(value)


def nested(depth):
    value = []
    for _ in range(depth):
        value = [value]
    return value


def loop():
    value = []
    value.append(value)
    return value


@pytest.mark.parametrize("value", [nested(200), loop(), 10 ** 20_000, list(range(300_000)), set(range(6_000)),
                                   {i: 0 for i in range(6_000)}, np.zeros(70_000_000, dtype=np.uint8)],
                         ids=["deep", "circle", "number", "long", "set", "dict", "large"])
def test_what_is_too_much_is_refused(value):
    with pytest.raises(WireError):
        Writer().text(value)


def array(dtype="float32", shape=(2,), data=bytes(8), tag="tensor", number=0):
    return json.dumps([tag, dtype, list(shape), number]) + "\n" + base64.b64encode(data).decode()


HOSTILE = {
    "not JSON": "hello", "empty": "", "null byte": "\0", "an object": '{"a": 1}', "deep": "[" * 100_000,
    "deep and closed": "[" * 3000 + "]" * 3000, "deep lists": '["list",' * 500 + "1" + "]" * 500, "no tag": "[]",
    "tag is a list": "[[1]]", "unknown tag": '["object",1]', "a shared one": '["same",0]',
    "digits": "1" * 100_000, "hex": json.dumps(["int", "f" * 100_000]), "hex of no string": '["int",5]',
    "a long range": '["range",0,1000000000000,1]', "a range of 0": '["range",0,1,0]',
    "complex of text": '["complex","a",1.0]', "unhashable": '["set",["list"]]', "half a dict": '["dict",1]',
    "no blob": '["bytes",0]', "blob -1": '["bytes",-1]\nAAAA',
    "blob of a bool": '["bytes",true]\nAAAA\nAAAA', "one blob twice": '["list",["bytes",0],["bytes",0]]\nAAAA',
    "bad base64": '["bytes",0]\n%%%%', "an object's dtype": array("O", tag="ndarray"), "no dtype": array("Tensor"),
    "dtype of a list": array([1]), "negative": array(shape=(-2,)), "too many values": array(shape=(3,)),
    "too few values": array(shape=(1,)), "huge": array(shape=(2 ** 30, 2 ** 30)), "huge but empty": array(shape=(
        2 ** 30, 2 ** 30, 0), data=b""), "dimensions": array(shape=(1,) * 2000 + (2,)), "shape of floats": array(
        shape=(2.0,)), "shape of bools": array(shape=(True, 2)), "no such function": '["dtype","load"]',
    "no such device": '["device","disk:///etc/passwd"]', "size": '["Size",-1]', "generator": '["Generator",0]\nAAAA',
    "generator of nothing": json.dumps(["Generator", 0]) + "\n" + base64.b64encode(bytes(5056)).decode(),
    "too many parts": '["list"' + ",1" * 300_000 + "]", "too many lines": "1" + "\n" * 300_000,
    "too long": "1" * (LONGEST + 1), "colliding keys": json.dumps(["set", *([
        "int", hex(i * (2 ** 61 - 1))] for i in range(6_000))]),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_text_does_harm(text):
    tracemalloc.start()
    begin = time.process_time()
    with pytest.raises(WireError):
        Reader().value(text)
    taken, (_, peak) = time.process_time() - begin, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert taken < 5 and peak < 1_000_000 + 40 * len(text)


def test_only_text_is_text():
    with pytest.raises(WireError):
        Reader().value({"text": 1})


def test_a_bool_of_three_is_true():
    back = Reader().value(array("bool", (2,), bytes([3, 0])))
    assert back.tolist() == [True, False] and back.view(torch.uint8).tolist() == [1, 0]
