"""People come by a university's log-in or a system's own accounts: each as himself, and nobody as somebody else."""

import html
import pwd
import re
import stat
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from chromium import window
from client import Client
from provider import University, new_key

sys.path.insert(0, str(Path(__file__).parents[1] / "autograder"))
from small_course import NAME, tiny

from hub import people


@pytest.fixture(scope="module")
def by_oauth(new_hub):
    with new_hub() as hub:
        university = University(hub.address)
        hub.environment |= university.oauth
        hub.serve()
        yield hub, university


@pytest.fixture(scope="module")
def by_lti(new_hub):
    with new_hub() as hub:
        university = University(hub.address)
        hub.environment |= university.lti
        hub.serve()
        yield hub, university


def come(where, name: str, /, **claims):
    """Log in with what the university says, and return the session and the last answer."""
    hub, university = where
    university.claims, university.changes = {"sub": f"number of {name}", **claims}, {}
    client = Client(hub.address, name)
    if hub.environment["HUB_AUTH"] == "oauth":
        return client, client.get("/hub/oauth_login?next=/hub/home")
    return client, send(client, *authorized(client, university))


def authorized(client, university):
    """Come from the course by the link to the hub; return where the platform sends the browser, and with what."""
    answer = client.session.post(f"{client.address}/hub/lti13/oauth_login", data=university.launch(), timeout=60)
    assert answer.url.startswith(university.address), answer.text
    fields = dict(re.findall(r'name="(\w+)" value="([^"]+)"', answer.text))
    return re.search(r'action="([^"]+)"', answer.text)[1], fields


def send(client, to, fields):
    return client.session.post(to, data=fields, timeout=60)


def is_in(client) -> bool:
    """Tell whether somebody is logged in, and as himself."""
    answer = client.get("/hub/api/user")
    assert answer.status_code == 403 or answer.json()["name"] == client.name, answer.text
    return answer.ok


def is_refused(client, answer, says: str, status: int = 403) -> None:
    """Check that somebody is told why he is not in, and is not."""
    text = html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", answer.text.rpartition("</nav>")[2])))
    assert answer.status_code == status and says in text, (answer.status_code, text[:1000])
    assert not is_in(client)


def accounts() -> set[str]:
    return {account.pw_name for account in pwd.getpwall()}


def has_a_home(hub, name: str) -> bool:
    """Tell whether somebody has an account of the course, and a home that is closed to others."""
    home, account = hub.home(name).stat(), pwd.getpwnam(name)
    return name in people._members() and home.st_uid == account.pw_uid and stat.S_IMODE(home.st_mode) == 0o700


# ---- OpenID Connect


def test_a_student_of_the_university(by_oauth):
    ann, answer = come(by_oauth, "ann", preferred_username="ann", name="Ann Smith")
    assert answer.ok and answer.url.endswith("/hub/home") and is_in(ann)
    ann.start()
    assert "jupyter-config-data" in ann.mine("lab").text and has_a_home(by_oauth[0], "ann")
    assert ann.get("/user/instructor/lab").status_code in (403, 404)

    ann.get("/hub/logout")
    assert not is_in(ann)
    assert ann.mine("api/contents").status_code == 403
    assert "/hub/login" in ann.get("/hub/home").url


@pytest.mark.parametrize("said, says", [
    ("root", "an account root on this machine already"), ("Ann Smith", "'Ann Smith': 'ann smith' cannot be the name"),
    ("../x", "'../x' cannot be"), ("instructor", "the course itself"), ("Instructor", "the course itself"),
    ("anna@university.example", "cannot be"), ("", "says too little"), (None, "says too little"),
    (["ann"], "says too little")])
def test_names_that_cannot_be(by_oauth, said, says):
    before = accounts()
    client, answer = come(by_oauth, "?", preferred_username=said)
    is_refused(client, answer, says)
    assert accounts() == before


def test_a_name_is_its_first_ones(by_oauth):
    carla, answer = come(by_oauth, "carla", preferred_username="carla")
    assert is_in(carla)
    again, _ = come(by_oauth, "carla", preferred_username="Carla")  # the same number: her, with a capital
    assert is_in(again)
    for said in ("carla", "CARLA"):
        client, answer = come(by_oauth, "carla", sub="another", preferred_username=said)
        is_refused(client, answer, "the account carla is somebody else's")


def test_a_way_back_that_the_university_has_not_sent(by_oauth):
    hub, university = by_oauth
    university.claims = {"sub": "1", "preferred_username": "ann"}
    victim, thief = Client(hub.address, "ann"), Client(hub.address, "ann")
    to = thief.session.get(f"{hub.address}/hub/oauth_login", allow_redirects=False).headers["Location"]
    back = thief.session.get(to, allow_redirects=False).headers["Location"]
    is_refused(victim, victim.session.get(back), "OAuth state missing", 400)
    victim.session.get(f"{hub.address}/hub/oauth_login", allow_redirects=False)
    is_refused(victim, victim.session.get(back), "OAuth state mismatch", 400)
    state = parse_qs(urlsplit(back).query)["state"][0]
    made_up = thief.session.get(f"{hub.address}/hub/oauth_callback", params={"code": "made up", "state": state})
    assert made_up.status_code >= 400 and not is_in(thief)


# ---- LTI


def test_a_student_of_the_course_goes_to_the_hub_and_hands_in(by_lti):
    hub, _ = by_lti
    tina, _ = come(by_lti, "tina", email="tina@university.example")
    tina.start_server("instructor")
    tina.enter("instructor")
    assert tina.get("/user/instructor/formgrader").ok
    tina.name = "instructor"
    tina.mine(f"api/contents/course/source/{NAME}", "PUT", json={"type": "directory"})
    tina.write(f"course/source/{NAME}/{NAME}.ipynb", tiny())
    for step in ("assign", "release"):
        assert tina.formgrader(f"assignment/{NAME}/{step}")["success"]

    ann, answer = come(by_lti, "ann.smith", email="Ann.Smith@University.example", email_verified=True)
    assert answer.ok and is_in(ann)
    ann.start()
    assert has_a_home(hub, "ann.smith")
    ann.get("/hub/home")
    assert ann.request("POST", "/hub/api/users/instructor/server").status_code == 404
    assert ann.get("/user/instructor/lab").status_code in (403, 404)
    ann.nbgrader("fetch", NAME)
    ann.nbgrader("submit", NAME)
    tina.formgrader(f"assignment/{NAME}/collect")
    assert (hub.home("instructor") / "course" / "submitted" / "ann.smith" / NAME).is_dir()
    ann.get("/hub/logout")
    assert not is_in(ann)


@pytest.mark.parametrize("said, says", [
    ("root@university.example", "an account root"), ("Ann Smith@university.example", "cannot be"),
    ("../x@university.example", "cannot be"), ("instructor@university.example", "the course itself"),
    ("ann.smith+1@university.example", "cannot be"), ("ann@other@university.example", "cannot be"),
    ("ann.smith@elsewhere.example", "only addresses that end in @university.example"),
    ("ann.smith@sub.university.example", "only addresses"), ("ann.smith", "only addresses"),
    ("@university.example", "cannot be"), ("mar\u212a@university.example", "cannot be"), (None, "says too little")])
def test_addresses_that_cannot_be(by_lti, said, says):
    before = accounts()
    client, answer = come(by_lti, "?", email=said)
    is_refused(client, answer, says)
    assert accounts() == before


def test_an_address_that_is_not_confirmed(by_lti):
    client, answer = come(by_lti, "?", email="fay@university.example", email_verified=False)
    is_refused(client, answer, "confirm it")


@pytest.mark.parametrize("changes, says, status", [
    ({"iss": "http://elsewhere.example"}, "Invalid issuer", 400), ({"aud": "another"}, "Audience", 401),
    ({"aud": ["another", "a third"]}, "Audience", 401), ({"exp": 1000}, "expired", 400),
    ({"iat": 1000}, "too long", 400), ({"exp": None}, "exp not in request", 400), ({"nonce": "x"}, "mismatch", 400),
    ({"nonce": None}, "nonce not in request", 400)])
def test_what_is_falsified_is_refused(by_lti, changes, says, status):
    hub, university = by_lti
    university.claims, university.changes = {"sub": "number of gil", "email": "gil@university.example"}, changes
    client = Client(hub.address, "gil")
    is_refused(client, send(client, *authorized(client, university)), says, status)
    assert "gil" not in accounts()


@pytest.mark.parametrize("algorithm, own_key", [("RS256", False), ("none", True), ("HS256", True)])
def test_a_wrong_signature_is_refused(by_lti, monkeypatch, algorithm, own_key):
    hub, university = by_lti
    university.claims, university.changes = {"sub": "number of gil", "email": "gil@university.example"}, {}
    monkeypatch.setattr(university, "algorithm", algorithm)
    if not own_key:
        monkeypatch.setattr(university, "signs", new_key())
    client = Client(hub.address, "gil")
    is_refused(client, send(client, *authorized(client, university)), "400", 400)


def test_a_token_is_good_in_one_browser_once(by_lti):
    hub, university = by_lti
    university.claims, university.changes = {"sub": "number of gil", "email": "gil@university.example"}, {}
    gil, eve = Client(hub.address, "gil"), Client(hub.address, "gil")
    to, fields = authorized(gil, university)
    is_refused(eve, send(eve, to, fields), "state missing", 400)
    authorized(eve, university)
    is_refused(eve, send(eve, to, fields), "state mismatch", 400)
    _, own = authorized(eve, university)
    is_refused(eve, send(eve, to, {**own, "id_token": fields["id_token"]}), "nonce mismatch", 400)
    assert send(gil, to, fields).ok and is_in(gil)
    gil.get("/hub/logout")
    is_refused(gil, send(gil, to, fields), "state missing", 400)


def test_a_browser_goes_from_the_course_to_the_hub(by_lti, chromium):
    hub, university = by_lti
    university.claims, university.changes = {"sub": "number of ann.smith", "email": "ann.smith@university.example"}, {}
    page = window(chromium, hub.address, university.address)
    page.goto(f"{university.address}/course")
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Go on").click()
    opened.value.get_by_text("START_HERE.ipynb").filter(visible=True).first.wait_for()
    assert opened.value.url.startswith(f"{hub.address}/user/ann.smith/lab")


def test_who_does_not_come_from_the_course_is_told(by_lti):
    hub, _ = by_lti
    answer = Client(hub.address, "ann").get("/hub/lti13/oauth_login")
    assert answer.status_code == 400 and "by the link to this hub in your course" in answer.text


# ---- the system's accounts


@pytest.fixture(scope="module")
def by_pam(new_hub, accounts):
    with new_hub(HUB_AUTH="pam") as hub:
        hub.serve()
        for name, groups in (("pam-ann", [people.GROUP]), ("Pam-Ann", [people.GROUP]), ("pam-eve", [])):
            subprocess.run(["useradd", "--badname", "--create-home", "--home-dir", hub.root / "homes" / name,
                            "--groups", ",".join(groups), name], check=True)
            subprocess.run(["chpasswd"], input=f"{name}:the one of {name}", text=True, check=True)
        yield hub


def test_an_account_of_the_system_in_the_group(by_pam):
    ann = Client(by_pam.address, "pam-ann", "the one of pam-ann")
    assert ann.log_in().ok and is_in(ann)
    ann.start()
    assert "jupyter-config-data" in ann.mine("lab").text
    ann.get("/hub/logout")
    assert not is_in(ann)


@pytest.mark.parametrize("name, password, says", [
    ("pam-ann", "another", "Invalid username or password"), ("Pam-Ann", "the one of Pam-Ann", "cannot be the name"),
    ("PAM-ANN", "the one of pam-ann", "Invalid username"),
    ("pam-eve", "the one of pam-eve", "pam-eve is not in this machine's group speech-course"),
    ("instructor", "", "Invalid username")])
def test_nobody_else(by_pam, name, password, says):
    client = Client(by_pam.address, name, password)
    is_refused(client, client.log_in(), says)


@pytest.fixture
def instructors_password():
    """A password of the instructor's account, which may be a real hub's and gets its own back."""
    before = subprocess.run(["getent", "shadow", "instructor"], check=True, capture_output=True, text=True).stdout
    subprocess.run(["chpasswd"], input="instructor:the instructor's one", text=True, check=True)
    yield "the instructor's one"
    subprocess.run(["usermod", "--password", before.split(":")[1], "instructor"], check=True)


def test_the_instructor_can_have_a_password_of_the_system(by_pam, instructors_password):
    teacher = Client(by_pam.address, "instructor", instructors_password)
    assert teacher.log_in().ok and is_in(teacher)
