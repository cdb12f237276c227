"""How nbgrader works on the instructor's server: as in the course's folder, on the hub's exchange."""

import os
from pathlib import Path

from ngshare_exchange import configureExchange

repository = Path(os.path.realpath(__file__)).parents[2]
load_subconfig("nbgrader_config.py", path=str(repository))  # type: ignore[name-defined]  # noqa: F821
c = get_config()  # type: ignore[name-defined]  # noqa: F821
if os.environ["COURSE_EXCHANGE"].startswith("http"):
    configureExchange(c, os.environ["COURSE_EXCHANGE"])
    c.ExchangeFactory.collect = "autograder.ngshare.Collect"
    c.ExchangeFactory.release_assignment = "autograder.ngshare.ReleaseAssignment"
else:
    c.Exchange.root = os.environ["COURSE_EXCHANGE"]
c.CourseDirectory.source_directory = "source"
if os.environ.get("COURSE_ONE_ACCOUNT"):  # a hub without root: everything belongs to the account that runs it
    c.Collect.check_owner = False
