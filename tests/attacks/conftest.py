"""The classes of attackers, each graded once, and the table of what every attack got."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "autograder"))
sys.path.insert(0, str(Path(__file__).parent))
from attack import Attack
from classroom import SMALL, Classroom, build
from files import Files
from forms import Form
from small_exchange import inbound, place  # noqa: F401

from autograder.sandbox import problem


@pytest.fixture(scope="session")
def classroom(request, tmp_path_factory) -> Callable[[bool], Classroom]:
    """Return a function that grades a class with those attackers that were chosen on pytest's command line."""
    rooms: dict[bool, Classroom | Exception] = {}
    chosen = [item.callspec.params["case"] for item in request.session.items
              if "case" in getattr(getattr(item, "callspec", None), "params", {})]

    def of(kind: type) -> list:
        return [case for case in chosen if isinstance(case, kind)]

    def grade(small: bool) -> Classroom:
        if small not in rooms:
            attacks = [attack for attack in of(Attack) if attack.small_limits == small]
            attacks = [attack for attack in attacks if not (attack.needs_sandbox and problem())]
            forms, files = ([], []) if small else (of(Form), of(Files))
            folder = tmp_path_factory.mktemp("small" if small else "class")
            try:
                rooms[small] = build(folder, attacks, forms, files, limits=SMALL if small else {})
            except Exception as error:
                rooms[small] = error
        room = rooms[small]
        if isinstance(room, Exception):
            raise room
        return room

    return grade
