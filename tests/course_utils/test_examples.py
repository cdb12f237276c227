"""The examples in the docstrings give what they say."""

import doctest
import importlib
import pkgutil

import pytest

import course_utils

MODULES = [module.name for module in pkgutil.iter_modules(course_utils.__path__)]


@pytest.mark.parametrize("name", MODULES)
def test_examples(name):
    failed, _ = doctest.testmod(importlib.import_module(f"course_utils.{name}"))
    assert failed == 0
