"""Lessons into the exchange, where students fetch them."""

import json
import sys

from nbgrader.apps import NbGraderAPI

from autograder.course import Course
from autograder.lesson import assignment_names
from autograder.release import release
from hub.desk import fingerprint

PUBLISHED = ".published.json"
"""What the lessons were like when they were released: lesson -> hash."""


def publish(names: list[str] | None = None) -> list[str]:
    """Release lessons that are new or have changed, all by default, and return their names; run as the instructor.

    One that was withdrawn from the exchange is released again only if it is named.

    Raises
    ------
    ValueError
        If one cannot be released.
    """
    course = Course.load()
    known = course.root / PUBLISHED
    published = json.loads(known.read_text()) if known.is_file() else {}
    course.config.ExchangeReleaseAssignment.force = True
    api = NbGraderAPI(config=course.config)
    there = api.get_released_assignments()
    withdrawn = [] if names else sorted(set(published) - set(there))
    if withdrawn:
        print(f"hub: withdrawn, until they are named: {', '.join(withdrawn)}", file=sys.stderr)
    done = []
    for name in names or assignment_names(course.source):
        now = fingerprint(course.source / name)
        if name in withdrawn or (published.get(name) == now and name in there):
            continue
        release(course, [name])
        said = api.release_assignment(name)
        if not said["success"]:
            raise ValueError(f"{name} was not released: {said.get('error') or said.get('log')}")
        published[name] = now
        known.write_text(json.dumps(published, indent=1))
        done.append(name)
    return done
