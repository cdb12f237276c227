"""A student gets at nothing that is somebody else's: refused each, and the owner is not."""

import pwd
import subprocess
from pathlib import Path

import pytest
from client import Client, eventually
from kernel import execute

ROOT = Path(__file__).parents[2]
INSIDE = ["/user/{}/lab", "/user/{}/api/contents/", "/user/{}/api/kernels", "/user/{}/files/START_HERE.ipynb",
          "/user/{}/api/terminals"]


@pytest.fixture(scope="module")
def ann(arrived):
    return arrived("ann")


@pytest.fixture(scope="module")
def bob(arrived):
    return arrived("bob")


@pytest.fixture(scope="module")
def teacher(arrived):
    return arrived("instructor")


@pytest.mark.parametrize("place", INSIDE)
@pytest.mark.parametrize("whose", ["bob", "instructor"])
def test_another_ones_server(ann, bob, teacher, place, whose):
    answer = ann.get(place.format(whose), allow_redirects=True)
    assert answer.status_code in (403, 404), (answer.url, answer.status_code)
    owner = {"bob": bob, "instructor": teacher}[whose]
    assert owner.get(place.format(whose)).ok


def test_a_second_instructor_works_on_the_courses_server_with_his_own_log_in(arrived, teacher):
    tina = arrived("tina")
    assert tina.mine("formgrader").status_code == 404
    tina.enter("instructor")
    assert tina.get("/user/instructor/formgrader").ok and tina.get("/user/instructor/api/contents/course").ok
    assert tina.get("/user/student1/lab").status_code in (403, 404)


def test_the_formgrader_is_the_instructors(ann, teacher):
    assert ann.mine("formgrader").status_code == 404
    assert ann.mine("formgrader/api/assignments").status_code == 404
    assert ann.get("/user/instructor/formgrader").status_code in (403, 404)
    assert teacher.mine("formgrader").ok


@pytest.mark.parametrize("method, path", [
    ("GET", "users"), ("GET", "users/bob"), ("POST", "users/bob/server"), ("DELETE", "users/bob/server"),
    ("POST", "users/eve"), ("DELETE", "users/bob"), ("POST", "users/bob/tokens"), ("GET", "proxy"),
    ("POST", "shutdown"), ("GET", "groups"), ("POST", "groups/instructors/users"), ("GET", "services"),
    ("PATCH", "users/ann")])
def test_the_hubs_interface(ann, bob, method, path):
    more = {} if method == "GET" else {"json": {"admin": True, "users": ["ann"]}}
    answer = ann.request(method, f"/hub/api/{path}", **more)
    assert answer.status_code in (403, 404, 405) or (path in ("users", "groups", "services") and not others(answer)), \
        (answer.status_code, answer.text)


def others(answer):
    """Tell whether an answer speaks of anybody else."""
    return any(name in answer.text for name in ("bob", "instructor", "student1", "idle"))


def test_a_first_password_is_good_for_another_only(hub):
    hub.add("carl")
    carl = Client(hub.address, "carl", hub.passwords["carl"])
    carl.get("/hub/login")
    assert "change-password" in carl._send("/hub/login", username="carl", password=carl.password).url
    carl.get("/hub/home")
    assert carl.request("POST", "/hub/api/users/carl/server").status_code == 403
    first = carl.password
    carl.log_in()
    again = Client(hub.address, "carl", first)
    again.get("/hub/login")
    assert "Invalid username or password" in again._send("/hub/login", username="carl", password=first).text


SEEN = """
import glob, os
def tried(action):
    try:
        return action()
    except OSError:
        return None
print(sorted(os.listdir("{root}/homes")), sorted(tried(lambda: os.listdir("{root}")) or []))
print([path for path in glob.glob("{repository}/*") + glob.glob("{repository}/hub/*")])
print(tried(lambda: os.listdir("{inbound}")), tried(lambda: open("{root}/state/jupyterhub.sqlite", "rb").read(10)))
owners = {tried(lambda: os.stat("/proc/" + pid).st_uid) for pid in os.listdir("/proc") if pid.isdigit()}
print(sorted(owners - {0, os.getuid(), None}))
print(tried(lambda: open("{outbound}/mine", "w")), tried(lambda: os.rename("{outbound}", "{outbound}2")))
print(tried(lambda: os.setuid(0)), tried(lambda: open("/etc/shadow")))
"""


def test_what_a_students_program_sees(hub, ann):
    course = hub.root / "exchange" / "speech_enhancement"
    program = SEEN
    for word, value in {"root": hub.root, "repository": ROOT, "inbound": course / "inbound",
                        "outbound": course / "outbound"}.items():
        program = program.replace(f"{{{word}}}", str(value))
    said = execute(ann, program)
    homes, course_files, inbound, processes, outbound, root = said.strip().splitlines()
    assert homes == "['ann'] ['exchange', 'homes']"
    assert "notebooks" not in course_files and "tests" not in course_files and "settings.py" not in course_files
    assert inbound == "None None"
    assert processes == "[]"
    assert outbound == "None None"
    assert root == "None None"


def test_who_is_removed_is_out(hub):
    hub.add("gone")
    gone = Client(hub.address, "gone", hub.passwords["gone"])
    gone.log_in()
    gone.start()
    gone.request("DELETE", "/hub/api/users/gone/server")
    eventually(lambda: gone.get("/hub/api/users/gone").json()["servers"] == {})
    hub.run("remove", "gone")
    assert gone.request("POST", "/hub/api/users/gone/server").status_code == 403  # with the session that he has
    assert not hub.home("gone").exists() and "gone" not in {account.pw_name for account in pwd.getpwall()}
    later = Client(hub.address, "gone", gone.password)
    assert "Invalid username or password" in later.log_in().text


def test_a_student_cannot_be_an_account_of_the_systems(hub):
    for name in ("root", "daemon", "www-data"):
        with pytest.raises(subprocess.CalledProcessError) as failed:
            hub.add(name)
        assert "not the course's" in failed.value.stderr


def test_the_exchange_lets_nobody_list_or_change(hub):
    inbound = hub.root / "exchange" / "speech_enhancement" / "inbound"
    assert subprocess.run(["ls", hub.root], user="ann", capture_output=True).returncode == 0  # so modes matter
    for command in (f"ls {inbound}", f"touch {inbound.parent}/outbound/x", f"rmdir {inbound}",
                    f"cat {hub.home('instructor')}/course/gradebook.db", f"ls {hub.home('bob')}"):
        done = subprocess.run(command, shell=True, user="ann", extra_groups=[], capture_output=True, text=True)
        assert done.returncode != 0 and "ermission denied" in done.stderr, (command, done)
