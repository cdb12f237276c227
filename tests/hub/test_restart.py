"""Whatever is killed, no saved work is lost and nothing that was handed in."""

import os
import signal
import sys
import threading
from pathlib import Path

import psutil
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "autograder"))
from client import eventually
from kernel import execute
from processes import any_runs, descendants
from small_course import RIGHT, tiny

SLOW = "00_slow"
NOTE = {"cells": [{"cell_type": "markdown", "id": "a", "metadata": {}, "source": "my work"}], "metadata": {},
        "nbformat": 4, "nbformat_minor": 5}


@pytest.fixture
def dora(arrived):
    student = arrived("dora")
    student.write("work.ipynb", NOTE)
    return student


def find(hub, *words) -> psutil.Process:
    """Find one of the hub's processes: the outermost with these words in its command line."""
    found = hub.processes(*words)
    assert found, words
    return min(found, key=lambda process: process.create_time())


def is_there(student) -> bool:
    """Tell whether a student sees the saved work."""
    try:
        answer = student.mine("api/contents/work.ipynb")
        return answer.ok and answer.json()["content"]["cells"][0]["source"] == "my work"
    except (OSError, ValueError):
        return False


def test_the_hub_is_killed(hub, dora):
    server = find(hub, str(hub.home("dora")), "jupyterhub-singleuser")
    find(hub, "jupyterhub", "jupyterhub_config.py").kill()
    hub.process.wait(60)
    assert hub.process.returncode != 0
    assert server.is_running()
    assert is_there(dora)  # by the proxy, which is still there
    hub.start()
    eventually(lambda: is_there(dora))
    assert server.is_running()
    assert execute(dora, "print(6 * 7)") == "42\n"


def test_the_proxy_is_killed(hub, dora):
    proxy = find(hub, "configurable-http-proxy", hub.address.rpartition(":")[2])
    server = find(hub, str(hub.home("dora")), "jupyterhub-singleuser")
    proxy.kill()
    eventually(lambda: is_there(dora))
    assert server.is_running()


def test_a_students_server_is_killed(hub, dora):
    server = find(hub, str(hub.home("dora")), "jupyterhub-singleuser")
    inner = server.children(recursive=True)
    os.kill(server.pid, signal.SIGKILL)
    eventually(lambda: not any_runs(inner))
    eventually(lambda: dora.get("/hub/api/users/dora").json()["servers"] == {})
    dora.start()
    assert is_there(dora)


def test_the_grader_is_killed(hub, dora, arrived):
    teacher = arrived("instructor")
    teacher.mine(f"api/contents/course/source/{SLOW}", "PUT", json={"type": "directory"})
    teacher.write(f"course/source/{SLOW}/{SLOW}.ipynb", tiny())
    for step in ("assign", "release"):
        assert teacher.formgrader(f"assignment/{SLOW}/{step}")["success"]
    dora.nbgrader("fetch", SLOW)
    notebook = dora.read(f"{SLOW}/{SLOW}.ipynb")
    for cell in notebook["cells"]:
        if (name := cell["metadata"].get("nbgrader", {}).get("grade_id")) in RIGHT:
            cell["source"] = f"import time\ntime.sleep(10)\n{RIGHT[name]}"
    dora.write(f"{SLOW}/{SLOW}.ipynb", notebook)
    dora.nbgrader("submit", SLOW)
    assert teacher.formgrader(f"assignment/{SLOW}/collect")["success"]

    server = find(hub, str(hub.home("instructor")), "jupyterhub-singleuser")
    pressed = threading.Thread(target=lambda: teacher.mine(f"formgrader/api/submission/{SLOW}/dora/autograde", "POST"))
    pressed.start()
    eventually(lambda: descendants(server, "ipykernel"))
    inner = server.children(recursive=True)
    os.kill(server.pid, signal.SIGKILL)
    eventually(lambda: not any_runs(inner))
    pressed.join()
    eventually(lambda: teacher.get("/hub/api/users/instructor").json()["servers"] == {})
    teacher.start()
    assert not list((hub.home("instructor") / "course" / "records").glob(f"{SLOW}/*"))
    assert teacher.formgrader(f"submission/{SLOW}/dora/autograde")["success"]
    [graded] = teacher.mine(f"formgrader/api/submissions/{SLOW}").json()
    assert (graded["student"], graded["score"]) == ("dora", 7)


def test_ctrl_c_ends_everything(hub, dora):
    hub.stop()
    eventually(lambda: not hub.processes())
    assert Path(hub.home("dora") / "work.ipynb").is_file()
    hub.start()
    dora.start()
    assert is_there(dora)
