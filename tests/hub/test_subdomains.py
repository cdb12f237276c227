"""Each server under a host name of its own, over TLS: a page on one is, for a browser, of no other's origin."""

from urllib.parse import urlsplit

import pytest
from certificate import HOST, certify, found_here
from chromium import launched
from client import Client
from person import Person


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for the host and all names below it, as a class needs one; returns it and its key."""
    return certify(tmp_path_factory.mktemp("certificate"))


@pytest.fixture(scope="module")
def hub(new_hub, certificate):
    """A hub below whose host name every server has its own; names are looked up as a DNS entry has them."""
    with new_hub(HUB_CERTIFICATE=":".join(map(str, certificate))) as made, pytest.MonkeyPatch.context() as patch:
        port = urlsplit(made.address).port
        made.environment |= {"HUB_ADDRESS": f"https://127.0.0.1:{port}", "HUB_SUBDOMAINS": f"https://{HOST}:{port}"}
        made.address = made.environment["HUB_SUBDOMAINS"]
        found_here(patch)
        made.serve()
        made.add("instructor", "ann")
        yield made


@pytest.fixture(scope="module")
def arrived(hub, certificate):
    """Return a function that returns somebody's session with a running server."""
    sessions: dict[str, Client] = {}

    def arrive(name: str) -> Client:
        if name not in sessions:
            client = Client(hub.address, name, hub.passwords[name], apart=True)
            client.session.verify, client.session.trust_env = str(certificate[0]), False  # the machine may have others
            client.log_in()
            hub.passwords[name] = client.password
            client.start()
            sessions[name] = client
        return sessions[name]

    return arrive


def test_a_server_is_under_a_host_name_of_its_own(hub, arrived):
    ann = arrived("ann")
    page = ann.get("/user/ann/lab")
    assert urlsplit(page.url).hostname == f"ann.{HOST}" and "jupyter-config-data" in page.text
    from_the_hub = ann.session.get(f"{hub.address}/user/ann/lab", timeout=240)  # as who has a bookmark of before
    assert urlsplit(from_the_hub.url).hostname == f"ann.{HOST}" and from_the_hub.ok
    assert ann.mine("api/contents/").ok


def test_a_cookie_that_opens_something_is_sent_to_its_own_host_only(arrived):
    ann = arrived("ann")
    shared = {cookie.name for cookie in ann.session.cookies if cookie.domain_specified}
    assert shared <= {"jupyterhub-session-id"}  # which opens nothing, as the tokens against forged requests do
    own = [cookie for cookie in ann.session.cookies if cookie.name not in {*shared, "_xsrf"}]
    assert {cookie.domain for cookie in own} == {HOST, f"ann.{HOST}"}
    for cookie in own:
        assert cookie.secure and cookie.name.startswith("__Host-"), cookie  # so no other host can set it


def test_anothers_server(arrived):
    ann, teacher = arrived("ann"), arrived("instructor")
    for place in ("lab", "api/contents/"):
        assert ann.get(f"/user/instructor/{place}").status_code in (403, 404)
        assert teacher.get(f"/user/instructor/{place}").ok
    origin = ann.at("/user/ann/").partition("/user")[0]  # a page on ann's server asks the instructor's
    answer = teacher.session.get(teacher.at("/user/instructor/api/contents/"), headers={"Origin": origin}, timeout=60)
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_the_instructor_in_a_browser(hub):
    mine = hub.address.replace("://", "://instructor.")
    names = f"--host-resolver-rules=MAP {HOST} 127.0.0.1,MAP *.{HOST} 127.0.0.1"
    with launched(names, "--ignore-certificate-errors") as browser:
        teacher = Person(browser, hub.address, "instructor", hub.passwords["instructor"], mine)
        teacher.log_in()
        assert teacher.page.url.startswith(mine)
        teacher.menu("Nbgrader", "Formgrader")
        teacher.grader.get_by_text("Manage Assignments").first.wait_for()
        teacher.page.goto(f"{hub.address}/hub/logout")
        teacher.page.goto(f"{mine}/user/instructor/lab")
        teacher.page.get_by_label("Username").wait_for()
