"""How nbgrader works on this course: read by `nbgrader`, the formgrader and `python -m autograder` alike.

Lessons are read from `notebooks/`. Everything else (releases, submissions, the gradebook, records) lies in the
course root: `build/course`, or the folder that the environment variable COURSE_ROOT names; the gradebook may be
elsewhere (COURSE_DB).
"""

import os
import sys
from pathlib import Path

from autograder import doors

here = Path(__file__).resolve().parent
root = Path(os.environ.get("COURSE_ROOT", here / "build" / "course")).resolve()
root.mkdir(parents=True, exist_ok=True)  # nbgrader creates a gradebook, but not the folder around it

# nbgrader calls `alembic` from PATH, also where nobody activated the environment.
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
# A kernel called python3 in somebody's home must not grade in place of this environment's.
os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"

c = get_config()  # type: ignore[name-defined]  # noqa: F821

c.CourseDirectory.root = str(root)
c.CourseDirectory.course_id = os.environ.get("COURSE_ID", "speech_enhancement")  # its folder in nbgrader's exchange
if os.environ.get("COURSE_DB"):  # say postgresql+psycopg://user@host/course; by default SQLite in the course root
    c.CourseDirectory.db_url = os.environ["COURSE_DB"]
c.CourseDirectory.ignore.append("my_audio")  # an author's own recordings stay out of a release
c.CourseDirectory.source_directory = os.path.relpath(here / "notebooks", root)

c.ClearSolutions.code_stub = {"python": "raise NotImplementedError"}
c.ClearSolutions.text_stub = "*Write your answer here.*"

c.OverwriteCells.add_missing_cells = True
c.Autograde.autograde_preprocessors = [
    "autograder.run.Run",          # in place of nbgrader's Execute
    "nbgrader.preprocessors.IgnorePattern",
    "nbgrader.preprocessors.LimitOutput",
    "autograder.run.SaveGrades",   # in place of nbgrader's SaveAutoGrades; penalties come later: autograder/late.py
    "nbgrader.preprocessors.CheckCellMetadata",
]

c.Execute.kernel_name = "sandbox"          # whatever kernel a submission asks for
c.Execute.timeout = 120                   # seconds for a cell; a cold disk alone may take 40 to import PyTorch
c.Execute.iopub_timeout = 10               # seconds that a cell has to stop after that
c.Execute.shutdown_kernel = "immediate"    # nothing is left to say goodbye to
c.Run.time_limit = 600                     # seconds for a submission

# What lateness costs. When an assignment is due: nbgrader db assignment add NAME --duedate "2030-01-31 23:59 UTC"
c.AssignLatePenalties.plugin_class = "autograder.late.ByTheDay"
c.ByTheDay.grace_minutes = 0               # minutes after that which cost nothing
c.ByTheDay.percent_per_day = 0             # percent of the points for each day begun
c.ByTheDay.most_percent = 100              # and no more than that

# What a student's notebook shows is markup to the formgrader, and would run in an instructor's browser.
c.HTMLExporter.preprocessors = ["nbconvert.preprocessors.sanitize.SanitizeHTML"]
c.SanitizeHTML.enabled = True
c.TemplateExporter.filters = {"markdown2html": "autograder.formgrader.markdown2html"}

# `nbgrader collect`, `autograde` and `generate_feedback` do as `python -m autograder` does, and so does the formgrader.
c.ExchangeFactory.collect = "autograder.exchange.Collect"
doors.plug_in()
