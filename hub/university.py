"""People from a university's log-in: each gets an account of his own, and nobody else's.

A log-in says of somebody a number, `sub`, which is his for ever, and names and addresses, which can change. The account
is named by one of these, its claim, and belongs to whom has the number with which that name first came.
"""

from collections.abc import Mapping
from typing import Any

from ltiauthenticator.lti13.auth import LTI13Authenticator
from ltiauthenticator.lti13.constants import LTI13_CUSTOM_CLAIM
from ltiauthenticator.lti13.handlers import LTI13LoginInitHandler
from oauthenticator.generic import GenericOAuthenticator
from tornado.web import HTTPError

from hub import people
from hub.settings import INSTRUCTOR, Settings, read


def account_name(claims: Mapping[str, Any], claim: str, settings: Settings) -> str:
    """Return the name of the account of the person that a log-in speaks of.

    Raises
    ------
    tornado.web.HTTPError
        If he can have none here, with a message for him.
    """
    said, number = claims.get(claim), claims.get("sub")
    if not (isinstance(said, str) and said and number):
        raise HTTPError(403, f"Your university's log-in says too little: {claim} or sub is missing. Please tell your "
                             "instructor.")
    name, domain = said, ""
    if settings.domain:
        name, _, domain = said.rpartition("@")
    if domain.lower() != settings.domain.lower():
        raise HTTPError(403, f"Your university's log-in calls you {said!r}, and only addresses that end in "
                             f"@{settings.domain} can come here. Please log in with yours, or tell your instructor.")
    if claim == "email" and str(claims.get("email_verified", True)).lower() == "false":
        raise HTTPError(403, f"Your university's log-in does not know yet whether {said} is your address. Please "
                             "confirm it there.")
    if name.isascii():  # one letter beyond ASCII becomes a k
        name = name.lower()
    reason = people.problem(name, settings)
    if name == INSTRUCTOR:
        reason = f"{name} is the course itself: please log in as yourself"
    elif not reason and not people.bind(name, str(number), settings):
        reason = f"the account {name} is somebody else's"
    if reason:
        raise HTTPError(403, f"Your university's log-in calls you {said!r}: {reason}. If that is you, please tell your "
                             "instructor.")
    return name


class OpenID(GenericOAuthenticator):
    """Log-in by OpenID Connect."""

    def user_info_to_username(self, user_info):
        """Return the account's name."""
        return account_name(user_info, self.username_claim, read())


class FromTheCourse(LTI13LoginInitHandler):
    """Where a platform sends people who click on the hub's link in their course."""

    def post(self):
        """Ask the platform who that is."""
        if not self.request.arguments:
            raise HTTPError(400, "Please come by the link to this hub in your course.")
        super().post()

    get = post


class Lti(LTI13Authenticator):
    """Log-in by LTI 1.3, from a course in Moodle or Canvas."""

    login_handler = FromTheCourse

    def get_username(self, token):
        """Return the account's name; where the claim is missing nothing else stands for it."""
        claim = self.username_key
        custom = claim.removeprefix("custom_")
        if custom != claim:
            token = {**token.get(LTI13_CUSTOM_CLAIM, {}), "sub": token.get("sub")}
        return account_name(token, custom, read())
