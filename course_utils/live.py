"""What a training shows while it runs: how far it is, and its losses."""

import base64
import io
from time import perf_counter
from typing import TYPE_CHECKING

from IPython import get_ipython
from IPython.display import HTML, display
from matplotlib.figure import Figure

if TYPE_CHECKING:
    from course_utils.training import History


class Live:
    """How far it is: in a notebook a bar and a curve, drawn anew now and then; elsewhere a line at each look."""

    SECONDS = 1.0
    """Between two drawings: they cost time that the training could have."""

    def __init__(self) -> None:
        self.looks, self.drawn = 0, 0.0
        self.curve, self.handle = "", None
        if get_ipython() is not None:
            self.handle = display(HTML(""), display_id=True)

    def show(self, step: int, history: "History", *, part: float, ended: bool) -> None:
        """Show what there is to say after a step; `part` is how much of the whole is done, by steps or by time."""
        news = len(history.step) > self.looks
        self.looks = len(history.step)
        if not (news or ended or (self.handle and perf_counter() - self.drawn > self.SECONDS)):
            return
        words = f"step {step} ({min(part, 1):.0%}), {history.seconds:.0f} s"
        if history.step:
            words += (f"; loss {history.train[-1]:.4g}, on val {history.val[-1]:.4g}, best {min(history.val):.4g} at "
                      f"step {history.best}")
        if self.handle is None:
            print(words)
            return
        if news and len(history.step) > 1:  # of one look the words say all
            self.curve = _curve(history)
        self.handle.update(HTML(f'<progress value="{part:.3f}"></progress> {words}<br>{self.curve}'))
        self.drawn = perf_counter()


def _curve(history: "History") -> str:
    """Draw the losses, as HTML."""
    figure = Figure(figsize=(6, 2.2), layout="constrained")
    ax = figure.subplots()
    ax.plot(history.step, history.train, color="#0072b2", marker=".", label="training")
    ax.plot(history.step, history.val, color="#d55e00", marker=".", label="validation")
    ax.axvline(history.best, color="0.6", linewidth=0.8, linestyle=":")
    ax.set(xlabel="step", ylabel="loss")
    ax.legend(frameon=False)
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=90)
    return (f'<img alt="training and validation loss by step" '
            f'src="data:image/png;base64,{base64.b64encode(buffer.getvalue()).decode()}">')
