"""A small university on loopback: its log-in (OpenID Connect), and the platform of its courses (LTI 1.3).

It says of whoever comes what a test has put into `claims`. It keeps to the protocols and takes nothing for granted that
they let it check, so what comes back as a hub's error is the hub's.
"""

import base64
import hashlib
import html
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET, KEY = "the-course", secrets.token_urlsafe(), "key-1"
LTI = "https://purl.imsglobal.org/spec/lti/claim/"
# The button is for people; a browser presses it by itself, as a platform's pages do.
FORM = "<form method=post action=\"{action}\">{fields}<button>Go on</button></form><script>" \
       "document.forms[0].submit()</script>"


def new_key() -> rsa.RSAPrivateKey:
    """Make a key to sign with."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class University:
    """The university, with one client: the hub at an address."""

    def __init__(self, hub: str):
        self.hub = hub
        self.claims: dict[str, Any] = {}
        self.changes: dict[str, Any] = {}
        self.key = self.signs = new_key()
        self.algorithm = "RS256"
        self.asked: dict[str, dict[str, str]] = {}
        self.tokens: dict[str, dict[str, Any]] = {}
        here = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                here.answer(self, dict(parse_qsl(urlsplit(self.path).query)))

            def do_POST(self):
                sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
                here.answer(self, dict(parse_qsl(sent)))

            def log_message(self, *arguments):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://localhost:{self.server.server_port}"  # another site than the hub's, for a browser
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def oauth(self) -> dict[str, str]:
        """The hub's environment for OpenID Connect."""
        return {"HUB_AUTH": "oauth", "OAUTH_CLIENT_ID": CLIENT, "OAUTH_CLIENT_SECRET": SECRET,
                "OAUTH_CALLBACK_URL": f"{self.hub}/hub/oauth_callback",
                "OAUTH2_AUTHORIZE_URL": f"{self.address}/authorize", "OAUTH2_TOKEN_URL": f"{self.address}/token",
                "OAUTH2_USERDATA_URL": f"{self.address}/userinfo"}

    @property
    def lti(self) -> dict[str, str]:
        """The hub's environment for LTI."""
        return {"HUB_AUTH": "lti", "LTI_ISSUER": self.address, "LTI_CLIENT_ID": CLIENT,
                "LTI_AUTHORIZE_URL": f"{self.address}/lti/authorize", "LTI_JWKS_URL": f"{self.address}/jwks",
                "LTI_DOMAIN": "university.example"}

    def answer(self, request: BaseHTTPRequestHandler, sent: dict[str, str]) -> None:
        """Answer a request; one that the protocol does not know is refused."""
        pages = {"/authorize": self.authorize, "/token": self.token, "/userinfo": self.userinfo, "/jwks": self.jwks,
                 "/course": self.course, "/lti/authorize": self.lti_authorize}
        try:
            status, kind, body = pages[urlsplit(request.path).path](sent, request.headers)
        except (AssertionError, KeyError) as error:
            status, kind, body = 400, "text/plain", f"the university refuses: {error!r}"
        request.send_response(status)
        request.send_header("Location" if status == 302 else "Content-Type", body if status == 302 else kind)
        request.end_headers()
        if status != 302:
            request.wfile.write(body.encode())

    def authorize(self, sent, headers):
        """Somebody logs in, and is sent back with a code."""
        assert sent["client_id"] == CLIENT and sent["redirect_uri"] == f"{self.hub}/hub/oauth_callback", sent
        assert sent["response_type"] == "code" and "openid" in sent["scope"].split() and sent["state"], sent
        assert sent["code_challenge_method"] == "S256", sent
        code = secrets.token_urlsafe()
        self.asked[code] = {"challenge": sent["code_challenge"], "claims": self.claims}
        return 302, "", f"{sent['redirect_uri']}?{urlencode({'code': code, 'state': sent['state']})}"

    def token(self, sent, headers):
        """The hub gets a token for a code, once."""
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        assert headers["Authorization"] == f"Basic {basic}" or \
            (sent["client_id"], sent["client_secret"]) == (CLIENT, SECRET), sent
        asked = self.asked.pop(sent["code"])
        hashed = base64.urlsafe_b64encode(hashlib.sha256(sent["code_verifier"].encode()).digest()).decode().rstrip("=")
        assert sent["grant_type"] == "authorization_code" and hashed == asked["challenge"], sent
        assert sent["redirect_uri"] == f"{self.hub}/hub/oauth_callback", sent
        token = secrets.token_urlsafe()
        self.tokens[token] = asked["claims"]
        return 200, "application/json", json.dumps({"access_token": token, "token_type": "Bearer", "expires_in": 600})

    def userinfo(self, sent, headers):
        """The hub learns who that is."""
        return 200, "application/json", json.dumps(self.tokens[headers["Authorization"].removeprefix("Bearer ")])

    def jwks(self, sent, headers):
        """Give out the key with which signatures are checked."""
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return 200, "application/json", json.dumps({"keys": [{**public, "kid": KEY, "use": "sig", "alg": "RS256"}]})

    def course(self, sent, headers):
        """Show the page of the course, with its link to the hub."""
        link = form(f"{self.hub}/hub/lti13/oauth_login", self.launch())
        return 200, "text/html", link.replace("<form ", "<form target=_blank ").partition("<script>")[0]

    def launch(self) -> dict[str, str]:
        """Return what the link in the course sends to the hub."""
        return {"iss": self.address, "client_id": CLIENT, "login_hint": "17", "lti_message_hint": "4",
                "lti_deployment_id": "1", "target_link_uri": f"{self.hub}/hub"}

    def lti_authorize(self, sent, headers):
        """Somebody who is logged in at the platform is sent to the hub, with who that is."""
        fixed = {"scope": "openid", "response_type": "id_token", "response_mode": "form_post", "prompt": "none",
                 "client_id": CLIENT, "redirect_uri": f"{self.hub}/hub/lti13/oauth_callback", "login_hint": "17",
                 "lti_message_hint": "4"}
        assert {name: sent[name] for name in fixed} == fixed, sent
        token = self.id_token(sent["nonce"])
        return 200, "text/html", form(sent["redirect_uri"], {"id_token": token, "state": sent["state"]})

    def id_token(self, nonce: str) -> str:
        """Sign who that is; `changes` are what a test has falsified, None for what is left out."""
        now = int(time.time())
        said = {"iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": nonce,
                LTI + "version": "1.3.0", LTI + "deployment_id": "1", LTI + "target_link_uri": f"{self.hub}/hub",
                LTI + "message_type": "LtiResourceLinkRequest", LTI + "resource_link": {"id": "9"},
                LTI + "roles": ["http://purl.imsglobal.org/vocab/lis/v2/membership#Learner"], **self.claims,
                **self.changes}
        said = {name: value for name, value in said.items() if value is not None}
        key = self.signs if self.algorithm == "RS256" else "a secret that is long enough to sign something"
        return jwt.encode(said, None if self.algorithm == "none" else key, algorithm=self.algorithm,
                          headers={"kid": KEY})


def form(action: str, fields: dict[str, str]) -> str:
    """Return a form that sends fields."""
    hidden = "".join(f'<input type="hidden" name="{name}" value="{html.escape(value)}">'
                     for name, value in fields.items())
    return FORM.format(action=html.escape(action), fields=hidden)
