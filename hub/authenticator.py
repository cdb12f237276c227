"""Passwords of the hub's own: the first one is given out and good for one thing, to choose another."""

import logging
import secrets
import string

import bcrypt
from jupyterhub.orm import new_session_factory
from jupyterhub.utils import url_path_join
from markupsafe import Markup
from nativeauthenticator import NativeAuthenticator
from nativeauthenticator.handlers import ChangePasswordHandler, LoginHandler
from nativeauthenticator.orm import UserInfo
from sqlalchemy.orm import sessionmaker
from tornado import web

from hub.settings import Settings

LETTERS = "".join(set(string.ascii_lowercase + string.digits) - set("l1o0"))
GIVEN_OUT = "given-out@first.password"
"""What stands in the column for an e-mail address, which the course does not use, until a password was chosen."""


class OneTimeLogin(LoginHandler):
    """Sends who logs in with a password that was given out to where another is chosen."""

    def get_next_url(self, user=None, default=None):
        """Return where to go after the log-in."""
        if user and self.authenticator.was_given_out(user.name):
            return url_path_join(self.hub.base_url, "change-password")
        return super().get_next_url(user, default)


class OwnPassword(ChangePasswordHandler):
    """Says where it goes on once a password was chosen."""

    def render_template(self, name, sync=False, **shown):
        """Return the page."""
        if shown.get("alert") == "alert-success":
            shown["result_message"] = Markup('{} <a href="{}">Go on to your lessons</a>').format(
                shown["result_message"], self.hub.base_url)
        return super().render_template(name, sync=sync, **shown)


class Authenticator(NativeAuthenticator):
    """Passwords in the hub's database. Nobody signs up: `python -m hub add NAME` gives out a first password."""

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.enable_signup = False
        self.minimum_password_length = 10
        self.check_common_password = True
        self.allowed_failed_logins = 10
        self.seconds_before_next_try = 60
        self.refresh_pre_spawn = True

    async def refresh_user(self, user, handler=None):
        """Tell whether somebody who is logged in may still be here; asked every few minutes, and before a start."""
        return self.get_user(user.name) is not None

    def was_given_out(self, name: str) -> bool:
        """Tell whether somebody still has the password that was given out."""
        info = self.get_user(name)
        return info is not None and info.email == GIVEN_OUT

    def change_password(self, username, new_password):
        """Change a password; it has to be another one."""
        info = self.get_user(username)
        if info is None or info.is_valid_password(new_password):
            return None
        changed = super().change_password(username, new_password)
        if changed:
            info.email = None
            self.db.commit()
        return changed

    def pre_spawn_start(self, user, spawner):
        """Start no server for a password that was given out."""
        if self.was_given_out(user.name):
            refusal = web.HTTPError(403, "the password is still the first one")
            refusal.jupyterhub_html_message = \
                'First <a href="/hub/change-password">choose a password of your own</a>.'
            raise refusal

    def get_handlers(self, app):
        """Return the pages."""
        own = {LoginHandler: OneTimeLogin, ChangePasswordHandler: OwnPassword}
        pages = {r"/login", r"/change-password", r"/change-password/([^/]+)"}
        return [(path, own.get(handler, handler)) for path, handler in super().get_handlers(app) if path in pages]


def check_ours(settings: Settings) -> None:
    """Check that passwords are the hub's own.

    Raises
    ------
    ValueError
        If people log in with others.
    """
    if settings.authenticator != "native":
        raise ValueError(f"HUB_AUTH={settings.authenticator}: people have their passwords elsewhere; the hub has none "
                         "to give out")


def check_known(name: str, settings: Settings) -> None:
    """Check that somebody has a password.

    Raises
    ------
    ValueError
        If not: a name that was mistyped would be a new person.
    """
    with _sessions(settings)() as session:
        if UserInfo.find(session, name) is None:
            raise ValueError(f"there is nobody named {name} here; python -m hub add {name} makes an account")


def give_out(names: list[str], settings: Settings, *, again: bool = False) -> dict[str, str]:
    """Give out first passwords, and return them.

    Who has chosen a password keeps it, unless `again`.
    """
    given: dict[str, str] = {}
    with _sessions(settings)() as session:
        for name in names:
            info = UserInfo.find(session, name)
            if info and info.email != GIVEN_OUT and not again:
                continue
            given[name] = "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))
            hashed = bcrypt.hashpw(given[name].encode(), bcrypt.gensalt())
            if info is None:
                info = UserInfo(username=name)
                session.add(info)
            info.password, info.email, info.is_authorized = hashed, GIVEN_OUT, True
        session.commit()
    return given


def take_back(name: str, settings: Settings) -> None:
    """Take somebody's password away."""
    with _sessions(settings)() as session:
        if info := UserInfo.find(session, name):
            session.delete(info)
            session.commit()


def _sessions(settings: Settings) -> sessionmaker:
    """Return what opens the hub's database, which is made where there is none yet."""
    settings.state.mkdir(parents=True, exist_ok=True, mode=0o700)
    logging.disable(logging.INFO)  # what is done to a new database is of no interest
    sessions = new_session_factory(settings.database, connect_args={"timeout": 30})
    logging.disable(logging.NOTSET)
    return sessions
