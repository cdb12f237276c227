"""What can be set is read, what is wrong is refused before anything starts, with the way out."""

import os
import stat

import pytest
from traitlets import import_item
from traitlets.config import Config

from hub import exchange, log_in, people, settings, spawner
from hub.settings import INSTRUCTOR

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can make accounts: run the tests as root")


@pytest.fixture
def here(tmp_path, accounts):
    return settings.read({"HUB_ROOT": str(tmp_path / "root")})


@pytest.mark.parametrize("name, value, says", [
    ("HUB_AUTH", "ldap", "it can be native, pam, oauth, lti"),
    ("HUB_SPAWNER", "podman", "it can be process, docker"),
    ("HUB_CPUS", "many", "it must be a number"), ("HUB_IDLE_SECONDS", "-1", "it must be a number")])
def test_a_wrong_setting_is_refused(name, value, says):
    with pytest.raises(ValueError, match=f"{name}={value}: {says}"):
        settings.read({name: value})


def test_a_memory_without_a_size_is_refused():
    with pytest.raises(ValueError, match="HUB_MEMORY=much: it must be a size"):
        spawner.limits("much", 2)


@pytest.mark.parametrize("kind", ["oauth", "lti"])
def test_a_universitys_log_in_says_what_it_needs(kind, monkeypatch):
    here = settings.read({"HUB_AUTH": kind})
    for name in log_in.NEEDED[kind]:
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(ValueError, match=f"HUB_AUTH={kind} needs {log_in.NEEDED[kind][0]}"):
        log_in.configure(Config(), here)
    for name in log_in.NEEDED[kind]:
        monkeypatch.setenv(name, "https://university.example/x")
    config = Config()
    log_in.configure(config, here)
    kinds = {"generic-oauth": "oauthenticator.generic.GenericOAuthenticator"}
    name = config.JupyterHub.authenticator_class
    made = import_item(kinds.get(name, name))(config=config)
    assert made.allow_all and not made.check_blocked_users(INSTRUCTOR) and made.check_blocked_users("ann")


@needs_root
def test_the_exchange_is_made_as_it_must_be(here):
    people.account(INSTRUCTOR, here)
    assert "there is no" in exchange.problems(here)[0]
    exchange.prepare(here)
    assert exchange.problems(here) == []


@needs_root
@pytest.mark.parametrize("folder, mode, says", [
    (".", 0o777, "everybody can rename"), (".", 0o755, "nbgrader wants to write"),
    ("speech_enhancement", 0o777, "others can write to"), ("speech_enhancement/outbound", 0o777, "others can write to"),
    ("speech_enhancement/inbound", 0o777, "others can list"), ("speech_enhancement/inbound", 0o2733, "take away"),
    ("speech_enhancement/inbound", 0o700, "cannot hand in"),
    ("speech_enhancement/feedback", 0o777, "others can write")])
def test_wrong_modes_are_found_and_the_command_mends_them(here, folder, mode, says):
    people.account(INSTRUCTOR, here)
    exchange.prepare(here)
    (here.exchange / folder).chmod(mode)
    wrong = exchange.problems(here)
    assert any(says in one for one in wrong), wrong
    for one in wrong:
        assert os.system(one.rpartition(": ")[2]) == 0
    assert exchange.problems(here) == []


@needs_root
def test_a_home_is_its_owners_alone(here):
    account = people.account("course-anna", here)
    home = here.homes / "course-anna"
    assert stat.S_IMODE(home.stat().st_mode) == 0o700 and home.stat().st_uid == account.pw_uid
    assert account.pw_shell == "/usr/sbin/nologin"


@needs_root
@pytest.mark.parametrize("name, says", [("root", "not the course's"), ("Anna", "cannot be the name"),
                                        ("../x", "cannot be the name"), ("-x", "cannot be the name")])
def test_not_everybody_can_have_an_account(here, name, says):
    with pytest.raises(ValueError, match=says):
        people.account(name, here)
