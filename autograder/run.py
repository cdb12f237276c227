"""The steps of nbgrader's autograder that this course replaces; `nbgrader_config.py` plugs them in.

So `python -m autograder grade`, `nbgrader autograde` and the formgrader's button run and score alike.
"""

import os
from collections import Counter
from subprocess import DEVNULL
from time import monotonic

from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from nbformat.v4 import new_output
from nbgrader import utils
from nbgrader.preprocessors import Execute, SaveAutoGrades
from traitlets import Integer

from autograder.score import score_cell
from course_utils.checks import MIME

VOLUME = 20_000_000
"""Characters of output that are kept of one cell: sounds and pictures are long, a loop that prints is longer."""


class Run(Execute):
    """Run a submission's cells; what goes wrong in one costs no more than it must.

    A cell that is interrupted after `timeout` seconds costs itself. Where the kernel dies, or cannot be interrupted, or
    the submission has used up its time, the cells behind it count as stopped; those before it keep their points.
    """

    time_limit = Integer(600, help="Seconds that the whole of a submission may take.").tag(config=True)

    def preprocess(self, nb, resources, km=None):
        """Run all cells."""
        self.lost = ""
        self.volume = Counter()
        self.deadline = monotonic() + self.time_limit
        self.error_on_timeout = _error("Timeout", f"it took more than {self.timeout} s")
        return super().preprocess(nb, resources, km)

    def start_new_kernel(self, **kwargs):
        """Start a kernel with one thread, whose own words, not those of its cells, go nowhere.

        On a machine with something else to do, PyTorch's threads wait for each other by spinning: 16 s for a test cell
        that one thread does in 0.2 s. More cores are for more submissions at a time.
        """
        environment = {"OMP_NUM_THREADS": "1", **os.environ}
        super().start_new_kernel(stdout=DEVNULL, stderr=DEVNULL, env=environment, **kwargs)

    def on_comm_open_jupyter_widget(self, msg):
        """Let what a widget shows belong to its cell.

        nbclient would send it back to the kernel's widget, and on large outputs it then misses the kernel's next reply.
        """
        return None

    def output(self, outs, msg, display_id, cell_index):
        """Keep an output, unless its cell has given more than anybody reads. Reports of checks are always kept."""
        content = msg["content"]
        self.volume[cell_index] += len(str(content))
        if self.volume[cell_index] > VOLUME and MIME not in content.get("data", {}):
            return None
        return super().output(outs, msg, display_id, cell_index)

    def preprocess_cell(self, cell, resources, index):
        """Run one cell, unless there is no kernel any more that could."""
        if cell.cell_type != "code":
            return cell, resources
        if not self.lost and monotonic() > self.deadline:
            self.lost = f"the notebook took more than {self.time_limit} s"
        if self.lost:
            cell.outputs = [new_output("error", **_error("NotRun", self.lost))]
            return cell, resources
        try:
            return super().preprocess_cell(cell, resources, index)
        except (DeadKernelError, CellTimeoutError) as error:
            what = "died" if isinstance(error, DeadKernelError) else "hung"
            self.lost = f"the kernel {what} in an earlier cell"
            cell.outputs.append(new_output("error", **_error(type(error).__name__, f"the kernel {what} in this cell")))
            return cell, resources


class SaveGrades(SaveAutoGrades):
    """Enter a submission's points in the gradebook, by the rules of `autograder.score`."""

    def _add_score(self, cell, resources):
        if utils.is_solution(cell):  # an answer in words is for a person to grade
            super()._add_score(cell, resources)
            return
        grade = self.gradebook.find_grade(
            cell.metadata.nbgrader.grade_id, self.notebook_id, self.assignment_id, self.student_id)
        grade.auto_score = score_cell(cell).score
        grade.needs_manual_grade = grade.manual_score is not None  # nbgrader's rule: look at it again
        self.gradebook.db.commit()


def _error(ename: str, evalue: str) -> NotebookNode:
    """Return the content of an error output."""
    return NotebookNode(ename=ename, evalue=evalue, traceback=[f"{ename}: {evalue}"])
