"""Who may log in, and how: passwords of the hub's own, the system's accounts, or a university's log-in."""

import os
from typing import Any

from jupyterhub.auth import PAMAuthenticator
from tornado.web import HTTPError

from hub import people
from hub.settings import INSTRUCTOR, Settings, read

NEEDED = {
    "oauth": ("OAUTH_CLIENT_ID", "OAUTH_CLIENT_SECRET", "OAUTH_CALLBACK_URL", "OAUTH2_AUTHORIZE_URL",
              "OAUTH2_TOKEN_URL", "OAUTH2_USERDATA_URL"),
    "lti": ("LTI_ISSUER", "LTI_CLIENT_ID", "LTI_AUTHORIZE_URL", "LTI_JWKS_URL"),
}
"""Environment variables; where they come from is in hub/README.md."""
CLAIMS = {"oauth": "preferred_username", "lti": "email"}
"""What of a log-in names the account, unless the environment says something else."""


class Pam(PAMAuthenticator):
    """Log-in by the system's own accounts, those in the course's group."""

    def normalize_username(self, username):
        """Leave a name as it is: accounts of the system that differ in capitals only are two."""
        return username

    def system_user_exists(self, user):
        """Say that there is an account: who logs in has one, and an instructor's who has none yet stops no hub."""
        return True

    def check_allowed(self, username, authentication=None):
        """Tell somebody with the right password whether he may come, and why not."""
        reason = people.problem(username, read())
        if not reason and not super().check_allowed(username, authentication):
            reason = f"{username} is not in this machine's group {people.GROUP}: please tell your instructor"
        if reason:
            raise HTTPError(403, reason)
        return True


def configure(c: Any, settings: Settings) -> None:
    """Configure JupyterHub's authenticator.

    Raises
    ------
    ValueError
        If an environment variable is missing.
    """
    kind = settings.authenticator
    claim = os.environ.get(f"{kind.upper()}_USERNAME_CLAIM") or CLAIMS.get(kind)
    missing = [name for name in NEEDED.get(kind, ()) if not os.environ.get(name)]
    if claim == "email" and not settings.domain:  # ann at one place is not ann at another
        missing.append(f"{kind.upper()}_DOMAIN")
    if missing:
        raise ValueError(f"HUB_AUTH={kind} needs {', '.join(missing)} in the environment")
    if kind == "native":
        c.JupyterHub.authenticator_class = "hub.authenticator.Authenticator"
        c.Authenticator.allow_all = True  # whoever was given a password
    elif kind == "pam":
        c.JupyterHub.authenticator_class = "hub.log_in.Pam"
        c.PAMAuthenticator.allowed_groups = {people.GROUP}
        c.PAMAuthenticator.open_sessions = False
    elif kind == "oauth":
        c.JupyterHub.authenticator_class = "hub.university.OpenID"
        c.GenericOAuthenticator.username_claim = claim
        c.GenericOAuthenticator.scope = os.environ.get("OAUTH_SCOPE", "openid profile").split()
    else:
        c.JupyterHub.authenticator_class = "hub.university.Lti"
        c.LTI13Authenticator.issuer = os.environ["LTI_ISSUER"]
        c.LTI13Authenticator.client_id = {os.environ["LTI_CLIENT_ID"]}
        c.LTI13Authenticator.authorize_url = os.environ["LTI_AUTHORIZE_URL"]
        c.LTI13Authenticator.jwks_endpoint = os.environ["LTI_JWKS_URL"]
        c.LTI13Authenticator.username_key = claim
        c.LTI13LaunchValidator.time_leeway = 30  # seconds by which the platform's clock may be ahead of ours
    if kind in ("oauth", "lti"):
        # The university says who may come: to this client of its log-in, or through this course of its platform.
        c.Authenticator.allow_all = True
        c.Authenticator.blocked_users = {INSTRUCTOR}  # nobody comes as the course itself
