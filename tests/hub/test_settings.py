"""What can be set is read, what is wrong is refused before anything starts, with the way out."""

import os
import pwd
import stat
import subprocess
from argparse import Namespace
from pathlib import Path

import pytest
from tornado.web import HTTPError
from traitlets import import_item
from traitlets.config import Config

from hub import exchange, log_in, people, settings, spawner
from hub.__main__ import run
from hub.settings import INSTRUCTOR
from hub.university import Lti

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


def test_limits_that_mean_nothing_are_refused():
    with pytest.raises(ValueError, match="HUB_MEMORY=much: it must be a size"):
        spawner.limits("much", 2)
    with pytest.raises(ValueError, match="HUB_CPUS=0: it must be at least"):
        spawner.limits("3G", 0)


@pytest.mark.parametrize("kind", ["oauth", "lti"])
def test_a_universitys_log_in_says_what_it_needs(kind, monkeypatch):
    here = settings.read({"HUB_AUTH": kind, f"{kind.upper()}_DOMAIN": "university.example"})
    for name in (*log_in.NEEDED[kind], f"{kind.upper()}_USERNAME_CLAIM"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(ValueError, match=f"HUB_AUTH={kind} needs {log_in.NEEDED[kind][0]}"):
        log_in.configure(Config(), here)
    for name in log_in.NEEDED[kind]:
        monkeypatch.setenv(name, "https://university.example/x")
    config = Config()
    log_in.configure(config, here)
    made = import_item(config.JupyterHub.authenticator_class)(config=config)
    assert made.allow_all and not made.check_blocked_users(INSTRUCTOR) and made.check_blocked_users("ann")

    monkeypatch.setenv(f"{kind.upper()}_USERNAME_CLAIM", "email")
    with pytest.raises(ValueError, match=f"HUB_AUTH={kind} needs {kind.upper()}_DOMAIN"):
        log_in.configure(Config(), settings.read({"HUB_AUTH": kind}))


def test_a_name_in_a_parameter_of_the_course_and_nothing_in_its_stead(monkeypatch, tmp_path):
    monkeypatch.setenv("HUB_AUTH", "lti")
    monkeypatch.setenv("HUB_ROOT", str(tmp_path))
    monkeypatch.delenv("LTI_DOMAIN", raising=False)
    (tmp_path / "state").mkdir()
    log_in_by, custom = Lti(username_key="custom_name"), "https://purl.imsglobal.org/spec/lti/claim/custom"
    assert log_in_by.get_username({custom: {"name": "course-ann"}, "sub": "5"}) == "course-ann"
    for token in ({"name": "course-ben", "sub": "6"}, {custom: {"other": "x"}, "sub": "course-ben"}, {"sub": "x"},
                  {custom: {"name": "course-ben"}}):
        with pytest.raises(HTTPError, match="name or sub is missing"):
            log_in_by.get_username(token)


@pytest.mark.parametrize("kind", ["pam", "oauth", "lti"])
@pytest.mark.parametrize("command", ["add", "password", "laptop"])
def test_no_passwords_are_given_out_that_open_nothing(kind, command, monkeypatch, tmp_path):
    monkeypatch.setenv("HUB_AUTH", kind)
    monkeypatch.setenv("HUB_ROOT", str(tmp_path / "root"))
    with pytest.raises(ValueError, match=f"HUB_AUTH={kind}: people have their passwords elsewhere"):
        run(Namespace(command=command, names=["course-anna"]))


@pytest.mark.parametrize("name", ["HUB_CERTIFICATE", "HUB_SUBDOMAINS", "HUB_LISTEN"])
def test_a_laptops_hub_has_no_names_of_its_own(name, monkeypatch, tmp_path):
    monkeypatch.setenv(name, "https://hub.university.example")
    monkeypatch.setenv("HUB_ROOT", str(tmp_path / "root"))
    with pytest.raises(ValueError, match=f"unset .*{name}"):
        run(Namespace(command="laptop"))


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


@needs_root
def test_the_instructors_home_is_this_hubs_whichever_hub_made_the_account(here, tmp_path):
    people.account(INSTRUCTOR, here)
    another = settings.read({"HUB_ROOT": str(tmp_path / "another"), "HUB_AUTH": "pam"})
    assert people.account(INSTRUCTOR, another).pw_dir == str(another.homes / INSTRUCTOR)


@needs_root
def test_who_is_removed_leaves_his_name_to_another(here):
    here.state.mkdir(parents=True)
    (Path(people.account("course-anna", here).pw_dir) / "work").write_text("hers")
    for name in ("course-anna", "course-ben"):  # he never had a server
        assert people.bind(name, "1", here) and people.bind(name, "1", here) and not people.bind(name, "2", here)
        people.remove(name, here)
        assert people.bind(name, "2", here) and not people.bind(name, "1", here)
    assert not any(account.pw_name == "course-anna" for account in pwd.getpwall())
    [kept] = here.removed.iterdir()
    assert kept.name.startswith("course-anna ") and (kept / "work").read_text() == "hers" and kept.stat().st_uid == 0
    assert stat.S_IMODE(here.removed.stat().st_mode) == 0o700
    assert not list(Path(people.account("course-anna", here).pw_dir).iterdir())
    with pytest.raises(ValueError, match="no account of the course"):
        people.remove("root", here)


@needs_root
def test_nobody_is_removed_whose_server_runs(here):
    uid = people.account("course-anna", here).pw_uid
    server = subprocess.Popen(["setpriv", f"--reuid={uid}", "--clear-groups", "sleep", "600"])
    try:
        while Path(f"/proc/{server.pid}").stat().st_uid != uid:  # not yet
            assert server.poll() is None
        with pytest.raises(ValueError, match=r"server is running: end it \(pkill --uid course-anna"):
            people.remove("course-anna", here)
    finally:
        server.kill()
        server.wait()
    people.remove("course-anna", here)


@pytest.mark.parametrize("command", ["add", "password", "remove"])
def test_people_are_of_a_hub_that_is_there(command, here, monkeypatch):
    monkeypatch.setenv("HUB_ROOT", str(here.root))
    with pytest.raises(ValueError, match=f"no hub in {here.root}: set HUB_ROOT"):
        run(Namespace(command=command, names=["course-anna"]))
    assert not here.root.exists()


@needs_root
def test_a_new_password_is_for_somebody_who_is_there(here, monkeypatch, capsys):
    monkeypatch.setenv("HUB_ROOT", str(here.root))
    people.account(INSTRUCTOR, here)
    exchange.prepare(here)
    with pytest.raises(ValueError, match="nobody named course-anna"):
        run(Namespace(command="password", names=["course-anna"]))
    run(Namespace(command="add", names=["course-anna"]))
    first = capsys.readouterr().out
    run(Namespace(command="password", names=["course-anna"]))
    assert first.startswith("course-anna\t") and capsys.readouterr().out not in ("", first)


@needs_root
def test_an_account_of_the_systems_is_not_removed_from_the_system(here):
    people.account(INSTRUCTOR, here)
    pam = settings.read({"HUB_ROOT": str(here.root), "HUB_AUTH": "pam"})
    home = here.root.parent / "carl"
    subprocess.run(["useradd", "--home-dir", home, "--groups", people.GROUP, "course-carl"], check=True)
    people.remove("course-carl", pam)
    assert pwd.getpwnam("course-carl") and "course-carl" not in people._members()
