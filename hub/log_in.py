"""Who may log in, and how: passwords of the hub's own, the system's accounts, or a university's log-in."""

import os
from typing import Any

from hub import people
from hub.settings import INSTRUCTOR, Settings

NEEDED = {
    "oauth": ("OAUTH_CLIENT_ID", "OAUTH_CLIENT_SECRET", "OAUTH_CALLBACK_URL", "OAUTH2_AUTHORIZE_URL",
              "OAUTH2_TOKEN_URL", "OAUTH2_USERDATA_URL"),
    "lti": ("LTI_ISSUER", "LTI_CLIENT_ID", "LTI_AUTHORIZE_URL", "LTI_JWKS_URL"),
}
"""Environment variables; where they come from is in hub/README.md."""


def configure(c: Any, settings: Settings) -> None:
    """Configure JupyterHub's authenticator.

    Raises
    ------
    ValueError
        If an environment variable is missing.
    """
    missing = [name for name in NEEDED.get(settings.authenticator, ()) if not os.environ.get(name)]
    if missing:
        raise ValueError(f"HUB_AUTH={settings.authenticator} needs {', '.join(missing)} in the environment")
    if settings.authenticator == "native":
        c.JupyterHub.authenticator_class = "hub.authenticator.Authenticator"
        c.Authenticator.allow_all = True  # whoever was given a password
    elif settings.authenticator == "pam":
        c.JupyterHub.authenticator_class = "pam"
        c.PAMAuthenticator.allow_groups = {people.GROUP}
        c.PAMAuthenticator.open_sessions = False
    elif settings.authenticator == "oauth":
        c.JupyterHub.authenticator_class = "generic-oauth"
        c.GenericOAuthenticator.username_claim = os.environ.get("OAUTH_USERNAME_CLAIM", "preferred_username")
        c.GenericOAuthenticator.scope = os.environ.get("OAUTH_SCOPE", "openid profile").split()
    else:
        c.JupyterHub.authenticator_class = "ltiauthenticator.lti13.auth.LTI13Authenticator"
        c.LTI13Authenticator.issuer = os.environ["LTI_ISSUER"]
        c.LTI13Authenticator.client_id = {os.environ["LTI_CLIENT_ID"]}
        c.LTI13Authenticator.authorize_url = os.environ["LTI_AUTHORIZE_URL"]
        c.LTI13Authenticator.jwks_endpoint = os.environ["LTI_JWKS_URL"]
        c.LTI13Authenticator.username_key = os.environ.get("LTI_USERNAME_CLAIM", "email")
    if settings.authenticator in ("oauth", "lti"):
        # The university says who may come: to this client of its log-in, or through this course of its platform.
        c.Authenticator.allow_all = True
        c.Authenticator.blocked_users = {INSTRUCTOR}  # nobody comes as the course itself
