"""The steps of nbgrader's autograder that this course replaces; `nbgrader_config.py` plugs them in.

So `python -m autograder grade`, `nbgrader autograde` and the formgrader's button run and score alike.
"""

import os
from collections import Counter
from contextlib import suppress
from pathlib import Path
from subprocess import DEVNULL
from time import monotonic
from typing import Any

from nbclient.exceptions import CellExecutionComplete, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from nbformat.v4 import new_output
from nbgrader import utils
from nbgrader.api import Gradebook
from nbgrader.preprocessors import Execute, SaveAutoGrades
from traitlets import Bool, Float, Integer, Unicode

from autograder.channel import GuardedClient
from autograder.discretion import Discretion
from autograder.needed import defined
from autograder.output import OUTPUTS, sound_output
from autograder.remote import Kernel
from autograder.sandbox import Sandbox
from autograder.score import score_cell
from autograder.talk import KernelLostError, Talk

VOLUME = 20_000_000
"""Characters of output that are kept of one cell: sounds and pictures are long, a loop that prints is longer."""
PATIENCE = 240
"""Seconds beyond a cell's for one that tries an enhancer: there are many clips, and others are graded beside it."""
TOTAL_VOLUME = 3 * VOLUME
"""Characters of output that are kept of a notebook."""


class Run(Execute):
    """Run a submission: its cells in the kernel, the test cells here, on proxies of what the kernel has.

    What goes wrong in one cell costs no more than it must. A cell that is interrupted after `timeout` seconds costs
    itself. Where the kernel dies, or cannot be interrupted, or the submission has used up its time, the cells behind
    it count as stopped; those before it keep their points.
    """

    time_limit = Integer(600, help="Seconds that the whole of a submission may take.").tag(config=True)
    call_limit = Float(20.0, help="Seconds that a test's call of a student's function may take.").tag(config=True)
    first_call_limit = Float(60.0, help="Seconds that the first call of a function in a test may take: "
                                        "torch.compile and its like compile then.").tag(config=True)
    sandboxed = Bool(False, help="Whether code may run in the sandbox only; the coordinator sets it.").tag(config=True)
    seed = Unicode("", help="What the tests' random inputs are drawn from; the coordinator sets it for each "
                            "submission.").tag(config=True)

    def preprocess(self, nb, resources, km=None):
        """Run all cells."""
        self.lost = ""
        self.volume = Counter()
        self.deadline = monotonic() + self.time_limit
        self.error_on_timeout = _error("Timeout", f"it took more than {self.timeout} s")
        self.store_widget_state = False
        self.tests = _tests(resources)
        self.folder = Path(resources.get("metadata", {}).get("path", "."))
        self.notebook = "\n".join(cell.source for cell in nb.cells if cell.cell_type == "code" and not _is_test(cell))
        try:
            return super().preprocess(nb, resources, km)
        finally:
            if km is None and self.km is not None:  # it stopped before there was anything to clean up
                self._cleanup_kernel()

    def create_kernel_manager(self):
        """Create a manager whose clients read messages with care."""
        manager = super().create_kernel_manager()
        manager.client_factory = GuardedClient
        return manager

    def start_new_kernel(self, **kwargs):
        """Start a kernel with one thread, whose own words, not those of its cells, go nowhere.

        On a machine with something else to do, PyTorch's threads wait for each other by spinning: 16 s for a test cell
        that one thread does in 0.2 s. More cores are for more submissions at a time.
        """
        environment = {"OMP_NUM_THREADS": "1", **os.environ}
        environment.pop("COURSE_CHECK_SEED", None)
        super().start_new_kernel(stdout=DEVNULL, stderr=DEVNULL, env=environment, **kwargs)
        if self.sandboxed and not isinstance(self.km.provisioner, Sandbox):
            raise RuntimeError(f"the kernel {self.km.kernel_name} is in no sandbox: nbgrader's configuration is not "
                               "the course's, which has `Execute.kernel_name` (nbgrader_config.py)")

    def start_new_kernel_client(self, **kwargs):
        """Connect to the kernel, before anything of the student's has run in it."""
        super().start_new_kernel_client(**kwargs)
        self.remote = Kernel(Talk(self.kc, self.km), call_limit=self.call_limit, first_call_limit=self.first_call_limit)
        self.remote.discretion = Discretion(self.notebook)
        self.remote.start()

    def handle_comm_msg(self, outs, msg, cell_index):
        """Leave widgets alone: what they show belongs to their cell, and nobody moves them."""

    def process_message(self, msg, cell, cell_index):
        """Take in a message; one that makes no sense is nothing, and of a cell's output there is only so much."""
        try:
            if msg["msg_type"] in OUTPUTS:
                content = sound_output(msg["msg_type"], msg["content"])
                if content is None:
                    return None
                # An update is shown in every place that the display has, each of which is written into the notebook.
                display = content.get("transient", {}).get("display_id")
                places = sum(map(len, self._display_id_map.get(display, {}).values()))
                self.volume[cell_index] += len(str(content)) * max(1, places)
                if self.volume[cell_index] > VOLUME or self.volume.total() > TOTAL_VOLUME:
                    return None
                msg = {**msg, "content": content}
            elif type(msg["content"].get("execution_count", 0)) is not int:
                return None
            return super().process_message(msg, cell, cell_index)
        except CellExecutionComplete:
            raise
        except Exception as error:
            self.log.warning("A message that makes no sense: %s", type(error).__name__)
            return None

    def preprocess_cell(self, cell, resources, index):
        """Run one cell, unless there is no kernel any more that could."""
        if cell.cell_type != "code":
            return cell, resources
        if not self.lost and monotonic() > self.deadline:
            self.lost = f"the notebook took more than {self.time_limit} s"
        if self.lost:
            cell.outputs = [new_output("error", **_error("NotRun", self.lost))]
            return cell, resources
        if _is_test(cell):
            begin = monotonic()
            cell.outputs = self._test(cell)
            cell.metadata.seconds = round(monotonic() - begin, 2)
            return cell, resources
        try:
            done = super().preprocess_cell(cell, resources, index)
            self._note(cell)
            return done
        except (DeadKernelError, CellTimeoutError, KernelLostError) as error:
            if isinstance(error, CellTimeoutError) and self._answers():
                return cell, resources
            what = self._end("hung" if isinstance(error, CellTimeoutError) else "died")
            self.lost = f"the kernel {what} in an earlier cell"
            cell.outputs.append(new_output("error", **_error(type(error).__name__, f"the kernel {what} in this cell")))
        except Exception as error:
            self.log.exception("cell %s", index)
            cell.outputs.append(new_output("error", **_error("Unreadable", f"what the kernel sent makes no sense "
                                                                           f"({type(error).__name__})")))
        return cell, resources

    def _answers(self) -> bool:
        """Tell whether the kernel still does as it is told: of a flood of outputs, the word of its end may be lost."""
        self.remote.deadline = monotonic() + 5
        with suppress(Exception):
            self.remote.ask("nothing")
            self.remote.hang_up()
        return not self.remote.lost

    def _note(self, cell: NotebookNode) -> None:
        """Remember what a cell that stopped should have defined: a test will miss it, and can say why."""
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        names = defined(cell) | ({name} if name else set())  # of a cell that is no Python nothing else is known
        tell = self.remote.discretion
        stopped = [f"its cell stopped with {tell.class_name([output.ename, 'Exception'])}: "
                   f"{tell.message(output.evalue)}"[:200] for output in cell.outputs if output.output_type == "error"]
        for name in names:
            self.remote.broken.pop(name, None)
            if stopped:
                self.remote.broken[name] = stopped[-1]

    def _test(self, cell: NotebookNode) -> list[NotebookNode]:
        """Run a test cell here and return its outputs."""
        from autograder.trusted import run_test  # here: it brings PyTorch along, which not all of nbgrader needs

        name = cell.metadata.nbgrader.grade_id
        if name not in self.tests:
            return [new_output("error", **_error("NotRun", "the course has no such test"))]
        # The course's own source, whatever the notebook has: it runs with all that the grader may do.
        mine = NotebookNode(metadata=cell.metadata, source=self.tests[name])
        self.remote.deadline = min(self.deadline, monotonic() + (self.timeout or self.time_limit))
        outputs = run_test(mine, self.remote, seed=self.seed, folder=self.folder)
        if self.remote.lost:
            self.lost = f"the kernel {self._end('stopped')} in an earlier test"
        elif self.remote.knows_secrets:
            self.lost = "the code has heard clips that nobody else may hear, and could play them here"
        return outputs

    def _end(self, what: str) -> str:
        """Say how the kernel ended; the sandbox knows more about it."""
        reason = getattr(getattr(self.km, "provisioner", None), "reason", "")
        return f"was stopped because {reason}" if isinstance(reason, str) and reason else what


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


def _is_test(cell: NotebookNode) -> bool:
    return utils.is_grade(cell) and not utils.is_solution(cell)


def _tests(resources: Any) -> dict[str, str]:
    """Return the sources of the assignment's cells as the gradebook has them from the release: name -> source."""
    about = resources["nbgrader"]
    with Gradebook(about["db_url"]) as gradebook:
        notebook = gradebook.find_notebook(about["notebook"], about["assignment"])
        return {cell.name: cell.source for cell in notebook.source_cells}


def _error(ename: str, evalue: str) -> NotebookNode:
    """Return the content of an error output."""
    return NotebookNode(ename=ename, evalue=evalue, traceback=[f"{ename}: {evalue}"])
