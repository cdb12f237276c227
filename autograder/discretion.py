"""What a student is told of his own exceptions, once a hidden check has given inputs to his code.

From then on, what his code says can be those inputs: they are easy to remember, and to raise in a later check, whose
messages he reads. Nobody can tell a message from a secret, so only such text is passed on as could have been written
before: names and whole messages that stand in his notebook, and the common sentences of Python, NumPy, PyTorch and
`course_utils` with names that stand there and short numbers. Honest students lose little: their own `raise` is quoted
as the line where it happened, and what is left out they see when they run the same check in their notebook.

This bounds what comes through and does not close it: at most some 250 bits a check, where it was the whole message; the
checks' own words hold about as much, with the shape of a result in them. And of random inputs nobody has any use, for
another submission has others. What can be learnt is which cases the hidden checks look at.
"""

import builtins
import re
import sys

import numpy as np
import torch

LONGEST_MESSAGE = 250
"""Characters of a message that are read: enough for PyTorch's own."""
LEFT_OUT = "run this in your own notebook to read the message"

LIBRARY = {"NoneType", "function", "method", "module", "builtin_function_or_method", "torch", "numpy", "np", "Float",
           "Double", "Half", "Long", "Int", "Bool", "ComplexFloat", "ComplexDouble",
           "waveform", "estimate", "reference", "clean", "noise", "rir",
           *dir(builtins), *dir(np), *dir(torch), *dir(torch.nn), *dir(torch.nn.functional), *dir(torch.fft)}
"""Words that messages have from elsewhere than the notebook."""

SENTENCES = r"""
name '@W' is not defined
cannot access local variable '@W' where it is not associated with a value
No module named '@W'
cannot import name '@W' from '@W' .*
'@W' object has no attribute '@W'
module '@W' has no attribute '@W'
'@W' object is not (callable|iterable|subscriptable|an iterator|reversible)
'@W' object does not support (item assignment|item deletion|the context manager protocol)
'@W' object cannot be interpreted as an integer
object of type '@W' has no len\(\)
cannot unpack non-iterable @W object
unsupported operand type\(s\) for @O: '@W' and '@W'
'@O' not supported between instances of '@W' and '@W'
bad operand type for (unary @O|abs\(\)): '@W'
can't multiply sequence by non-int of type '@W'
can only concatenate @W \(not "@W"\) to @W
must be real number, not @W
@W\(\) missing @N required (positional|keyword-only) arguments?: '@W'(,? and '@W')?
@W\(\) takes @N positional arguments? but @N (was|were) given
@W\(\) takes from @N to @N positional arguments but @N were given
@W\(\) got an unexpected keyword argument '@W'
@W\(\) got multiple values for argument '@W'
(list|tuple|string|list assignment|pop) index out of range
pop from empty list
(list|tuple|string) indices must be integers( or slices)?, not '?@W'?
slice indices must be integers or None or have an __index__ method
(float |integer )?(division|modulo|division or modulo|floor division) by zero
math domain error
not enough values to unpack \(expected @N, got @N\)
too many values to unpack \(expected @N(, got @N)?\)
maximum recursion depth exceeded( in comparison| while calling a Python object)?
invalid syntax(\. Perhaps you forgot a comma\?)?
unexpected indent
unindent does not match any outer indentation level
expected an indented block after ('@W' statement|@W definition) on line @N
expected '.'
'.' was never closed
unmatched '.'
unterminated string literal \(detected at line @N\)
The size of tensor a \(@N\) must match the size of tensor b \(@N\) at non-singleton dimension @N
The expanded size of the tensor \(@N\) must match the existing size \(@N\) at non-singleton dimension @N\..*
mat1 and mat2 shapes cannot be multiplied \(@Nx@N and @Nx@N\)
shape '@S' is invalid for input of size @N
operands could not be broadcast together with shapes @S @S ?
cannot reshape array of size @N into shape @S
index @N is out of bounds for (dimension|axis) @N with size @N
too many indices for (tensor of dimension @N|array: array is @N-dimensional, but @N were indexed)
Dimension out of range \(expected to be in range of \[@N, @N\], but got @N\)
Sizes of tensors must match except in dimension @N\. Expected size @N but got size @N for tensor number @N in the list\.
stack expects each tensor to be equal size, but got @S at entry @N and @S at entry @N
Tensors must have same number of dimensions: got @N and @N
zero-dimensional tensor \(at position @N\) cannot be concatenated
view size is not compatible with input tensor's size and stride .*
random_ expects 'from' to be less than 'to', but got from=@N >= to=@N
@W\(\): argument '@W' failed to unpack the object at pos @N .*
@W\(\): argument '@W' (\(position @N\) )?must be @W, not @W
expected (scalar type|m1 and m2 to have the same dtype, but got:) @W (but found|!=) @W
result type @W can't be cast to the desired output type @W
a Tensor with @N elements cannot be converted to Scalar
only one element tensors can be converted to Python scalars
only integer tensors of a single element can be converted to an index
Boolean value of Tensor with more than one value is ambiguous
The truth value of an array with more than one element is ambiguous\. Use a\.any\(\) or a\.all\(\)
can't convert np\.ndarray of type numpy\.object_\. .*
Can't call numpy\(\) on Tensor that requires grad\. Use tensor\.detach\(\)\.numpy\(\) instead\.
a leaf Variable that requires grad is being used in an in-place operation\.
element @N of tensors does not require grad and does not have a grad_fn
stft requires the return_complex parameter be given for real inputs, .*
istft requires a complex-valued input tensor matching the output from stft with return_complex=True\.
@W requires non-negative window_length, got window_length=@N
@W expects a (real|complex|floating point) input tensor, but got @W
Argument #@N: Padding size should be less than the corresponding input dimension, but got: padding .*
inconsistent tensor size, expected tensor @S and src @S to have the same number of elements, but got @N and @N .*
Given groups=@N, weight of size @S, expected input@S to have @N channels, but got @N channels instead
The shape of the mask @S at index @N does not match the shape of the indexed tensor @S at index @N
Singular matrix
The length of `@W` along `axis`=@N doesn't match the length of `@W`
`@W` must be 1-dimensional\.
`@W` must contain at least @N elements\.
@N[D] tensors expected, but got @N[D] and @N[D] tensors
Expected size for first two dimensions of batch2 tensor to be: @S but got: @S\.
batch[12] must be a @N[D] tensor
size mismatch, got input \(@N\), mat \(@Nx@N\), vec \(@N\)
(einsum|scatter|gather)\(\): .*
@W: expected (a tensor of floats|shape) .*
@W: @N of its samples are NaN or infinite
@W has shape @S, but @W @S: they must be equal
@W has @N samples, but @W @N: they must be equal
@W is silent.*
spectrogram: expected a complex tensor .*
spectrogram: @N samples at a hop of @N have @N frames, got @N
@W: @N samples are fewer than one frame of @N
power: expected real values of at least 0; .*
the value (is too large to be sent: 64 MB is the limit|has too many parts|is nested too deeply)
"""
"""What is often said, a sentence a line. @W is a name, @N a number, @S a shape, @O an operator; `.*` is left out."""

NUMBER = "-?(?:0|[1-9][0-9]{0,5})"  # written in one way only

_SLOTS = {"@W": r"([A-Za-z_]\w{0,39}(?:\.[A-Za-z_]\w{0,39})?)", "@N": NUMBER,
          "@S": rf"[(\[](?:{NUMBER}(?:, ?|,?(?=[)\]]))){{0,5}}[)\]]", "@O": r"(?:[-+*/@%<>=&|^~]{1,3}|\*\* or pow\(\))"}


def _form(sentence: str) -> re.Pattern[str]:
    """Return what a sentence looks like, up to what is left out; its names are the groups."""
    plain, rest, _ = re.sub(r"(?<!\\)\(", "(?:", sentence).partition(".*")
    return re.compile(re.sub("@[WNSO]", lambda slot: _SLOTS[slot[0]], plain) + ("" if rest else r"\Z"), re.ASCII)


_FORMS = [_form(sentence) for sentence in SENTENCES.strip().splitlines()]


class Discretion:
    """Decides what of a student's exceptions is passed on.

    Parameters
    ----------
    notebook : str, optional
        The student's code. Without it an exception can come from any line.
    """

    def __init__(self, notebook: str | None = None):
        self.needed = False
        """Whether the student's code has been given what students do not see."""
        self._notebook = notebook or ""
        self._lines = None if notebook is None else {line.strip() for line in notebook.splitlines()}
        self._words = LIBRARY.union(re.findall(r"\w+", self._notebook))

    def line(self, text: str) -> str:
        """Return the line that an exception is said to come from, or nothing if the student has no such line."""
        return text[:300] if self._lines is None or text in self._lines else ""

    def class_name(self, names: list[str]) -> str:
        """Return the name of a class, or of the first of its bases that may be told.

        Parameters
        ----------
        names : list of str
            Where it and its bases are said to be: module and name.
        """
        for name in names:
            module, _, last = name.rpartition(".")
            if not self.needed or last in self._words or last in getattr(sys.modules.get(module), "__dict__", {}):
                return last
        return "object"

    def message(self, text: str) -> str:
        """Return what may be told of an exception's message."""
        text = text[:LONGEST_MESSAGE]
        key = text[1:-1] if text[:1] == text[-1:] == "'" else text  # of a KeyError
        if not self.needed or key in self._notebook:
            return text
        first = re.sub(r" \(\S+, line \d+\)$", "", text.splitlines()[0].strip())  # a SyntaxError has a place
        for form in _FORMS:
            found = form.match(first)
            if found and all(part in self._words for name in found.groups("") for part in name.split(".") if name):
                return found[0].strip()
        return LEFT_OUT
