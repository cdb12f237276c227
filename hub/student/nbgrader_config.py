"""How nbgrader works on a student's server."""

import os

from ngshare_exchange import ExchangeFetchAssignment, ExchangeSubmit, configureExchange

c = get_config()  # type: ignore[name-defined]  # noqa: F821
c.CourseDirectory.course_id = os.environ["COURSE_ID"]
c.CourseDirectory.ignore.append("my_audio")  # one's own voice is not handed in
c.ExchangeSubmit.strict = True  # who has renamed the notebook is told so, while there is time


class Submit(ExchangeSubmit):
    """Hands in, and fails where nothing was; the plugin itself writes that to a log at most, and goes on."""

    def post_submission(self, src_path):
        """Hand in, and return when that was; nothing if the exchange has not kept it."""
        time = super().post_submission(src_path)
        place = f"{self.coursedir.course_id}/{self.coursedir.assignment_id}/{self.username}"
        answer = time and self.ngshare_api_get(f"/submissions/{place}")
        kept = {one["timestamp"].removesuffix(" UTC") for one in answer["submissions"]} if answer else set()
        return time if time and time.removesuffix(" UTC") in kept else None

    def copy_files(self):
        """Hand in."""
        super().copy_files()
        if self.timestamp is None:
            self.fail("Nothing was handed in: the course's exchange does not answer, or refuses. Are you on the "
                      "course's list? Is there a large file beside your notebook? Try again, and tell your instructor.")


class Fetch(ExchangeFetchAssignment):
    """Fetches, and fails where nothing was fetched."""

    def copy_files(self):
        """Fetch."""
        super().copy_files()
        if not os.path.isdir(self.dest_path):
            self.fail("Nothing was fetched: the course's exchange does not answer, or refuses. Are you on the "
                      "course's list? Try again, and tell your instructor.")


if os.environ["COURSE_EXCHANGE"].startswith("http"):
    configureExchange(c, os.environ["COURSE_EXCHANGE"])
    c.ExchangeFactory.submit, c.ExchangeFactory.fetch_assignment = Submit, Fetch
else:
    c.Exchange.root = os.environ["COURSE_EXCHANGE"]
