"""Listening: versions of one sound side by side, knobs that change them, and blind tests."""

from course_utils.listen.bench import compare
from course_utils.listen.blind import abx, acr, mushra
from course_utils.listen.mixing import mix

__all__ = ["abx", "acr", "compare", "mix", "mushra"]
