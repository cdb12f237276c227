"""What is taken off for coming late.

The rule is one of nbgrader's plugins, so any other that somebody has written works as well. nbgrader itself applies it
while a submission runs, and then never again: a penalty stays when the due date is moved, when a student hands in anew,
and when points are given by hand. Here it follows from what the gradebook says at the time, whenever grades are merged
or read, so it can be worked out again as often as one likes.
"""

import math

from nbgrader.api import SubmittedNotebook
from nbgrader.plugins import BasePlugin
from nbgrader.preprocessors import AssignLatePenalties
from traitlets import Float, Integer
from traitlets.config import Config

DAY = 24 * 60 * 60


class ByTheDay(BasePlugin):
    """A part of the points for each day that has begun since the due date."""

    grace_minutes = Integer(0, help="Minutes after the due date that cost nothing.").tag(config=True)
    percent_per_day = Float(0, help="Percent of the points that each day costs that has begun.").tag(config=True)
    most_percent = Float(100, help="Percent of the points that lateness costs at most.").tag(config=True)

    def late_submission_penalty(self, student_id: str, score: float, total_seconds_late: float) -> float | None:
        """Return the points to take off, or None; see nbgrader's `LateSubmissionPlugin`.

        Examples
        --------
        >>> rule = ByTheDay(percent_per_day=10, grace_minutes=30)
        >>> rule.late_submission_penalty("s001", 8.0, 30 * 60), rule.late_submission_penalty("s001", 8.0, 31 * 60)
        (None, 0.8)
        """
        days = math.ceil((total_seconds_late - 60 * self.grace_minutes) / DAY)
        percent = min(max(self.percent_per_day * days, 0), self.most_percent)
        return round(score * percent / 100, 6) or None


class Rule:
    """The plugin that the configuration names, asked in nbgrader's way."""

    def __init__(self, config: Config) -> None:
        self._step = AssignLatePenalties(config=config)
        self._step.init_plugin()

    def apply(self, notebook: SubmittedNotebook) -> None:
        """Enter the penalty that a submission deserves as the gradebook is now. Extra credit is not reduced."""
        submission = notebook.assignment
        penalty = None
        seconds = submission.total_seconds_late if submission.assignment.duedate else 0
        if seconds > 0:
            points = [grade.auto_score if grade.manual_score is None else grade.manual_score
                      for grade in notebook.grades]
            score = sum(value or 0.0 for value in points)
            penalty = self._step.plugin_inst.late_submission_penalty(submission.student_id, score, seconds)
            penalty = None if penalty is None else min(max(float(penalty), 0.0), score)
        if notebook.late_submission_penalty != penalty:
            notebook.late_submission_penalty = penalty
