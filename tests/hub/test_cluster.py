"""The hub of a cluster: ngshare in place of a shared folder. A lesson goes the whole way, on loopback."""

import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import jsonschema
import pytest
import yaml

sys.path.insert(0, str(Path(__file__).parents[1] / "autograder"))
from client import Client
from kernel import execute
from ports import free_ports
from small_course import NAME, RIGHT, tiny

CLUSTER = Path(__file__).parents[2] / "hub" / "cluster"
PATH = f"{NAME}/{NAME}.ipynb"
IN_COURSE = "%cd -q ~/course\n"


def test_the_charts_values_are_what_the_chart_takes():
    values = yaml.safe_load((CLUSTER / "values.yaml").read_text())
    jsonschema.validate(values, json.loads((Path(__file__).parent / "chart.json").read_text()))


@pytest.fixture(scope="module")
def ngshare(tmp_path_factory):
    """A Python with what the image of ngshare has."""
    python = tmp_path_factory.mktemp("ngshare") / "bin" / "python"
    uv = Path(sys.executable).parent / "uv"
    for command in ([uv, "venv", "--python", sys.executable, python.parents[1]],
                    [uv, "pip", "install", "--python", python, "--require-hashes", "-r", CLUSTER / "ngshare.lock"]):
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            pytest.skip(f"ngshare cannot be installed here: {done.stderr.strip()}")
    return python


@pytest.fixture(scope="module")
def cluster(proxy, ngshare):
    """A running hub with ngshare; returns a function that returns somebody's session with a running server."""
    root = Path(tempfile.mkdtemp(prefix="cluster-", dir="/tmp"))
    ports = free_ports(4)
    address = f"http://127.0.0.1:{ports[0]}"
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
                   "CLUSTER_ROOT": str(root), "CLUSTER_ADDRESS": address, "CLUSTER_NGSHARE": str(ngshare),
                   "CLUSTER_PORTS": " ".join(map(str, ports[1:]))}
    said = root / "said.txt"
    with said.open("w") as output:
        process = subprocess.Popen(["jupyterhub", "-f", Path(__file__).parent / "cluster_config.py"], cwd=root,
                                   env=environment, stdout=output, stderr=subprocess.STDOUT)
    sessions: dict[str, Client] = {}

    def arrive(name: str) -> Client:
        if name not in sessions:
            sessions[name] = Client(address, name, "open sesame, please")
            assert sessions[name].log_in().ok
            sessions[name].start()
        return sessions[name]

    try:
        for _ in range(600):
            if "JupyterHub is now running" in said.read_text():
                break
            assert process.poll() is None, said.read_text()
            time.sleep(0.2)
        yield arrive
    finally:
        print(said.read_text()[-20000:])
        process.terminate()
        process.wait(60)
        shutil.rmtree(root)


@pytest.fixture(scope="module")
def teacher(cluster):
    """The instructor, with the course on ngshare and a small lesson released."""
    teacher = cluster("instructor")
    said = execute(teacher, "!ngshare-course-management create_course speech_enhancement instructor\n"
                            "for name in ('ann', 'bob', 'eve'):\n"
                            "    !ngshare-course-management add_student speech_enhancement {name} --no-gb")
    assert said.count("uccessfully") == 4, said
    teacher.mine("api/contents/course/source", "PUT", json={"type": "directory"})
    teacher.mine(f"api/contents/course/source/{NAME}", "PUT", json={"type": "directory"})
    teacher.write(f"course/source/{PATH}", tiny())
    assert execute(teacher, f"{IN_COURSE}!python -m hub publish {NAME}").split() == [NAME]
    return teacher


def solve(student, *exercises: str) -> None:
    """Write right answers into a fetched notebook."""
    notebook = student.read(PATH)
    for cell in notebook["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if name in exercises:
            cell["source"] = RIGHT[name]
    student.write(PATH, notebook)


def collect(teacher) -> list[str]:
    """Collect by the formgrader's button, and return what became of the submissions, a line each."""
    done = teacher.formgrader(f"assignment/{NAME}/collect")
    assert done["success"], done
    return [line.partition("]")[2].strip() for line in done["log"].splitlines() if "ngshare 2" in line]


def test_a_lesson_goes_the_whole_way(cluster, teacher):
    ann = cluster("ann")
    show = "from course_utils import lessons\nprint(lessons.show().data)"
    assert "not fetched" in execute(ann, show)
    ann.nbgrader("fetch", NAME)
    solve(ann, "double")
    ann.nbgrader("submit", NAME)
    solve(ann, "half")
    ann.nbgrader("submit", NAME)
    assert "handed in" in execute(ann, show)

    [line] = collect(teacher)
    assert line.startswith("ann, collected: ngshare 2"), line
    [line] = collect(teacher)
    assert line.startswith("ann, already here"), line
    assert teacher.formgrader(f"submission/{NAME}/ann/autograde")["success"]
    [graded] = teacher.mine(f"formgrader/api/submissions/{NAME}").json()
    assert (graded["student"], graded["score"]) == ("ann", 7)
    for step in ("generate_feedback", "release_feedback"):
        assert teacher.formgrader(f"assignment/{NAME}/{step}")["success"]

    assert "there is feedback" in execute(ann, show)
    ann.nbgrader("fetch_feedback", NAME)
    pages = [folder["path"] for folder in ann.read(f"{NAME}/feedback")]
    texts = [ann.read(f"{path}/{NAME}.html") for path in pages if ann.read(path)]
    assert len(texts) == 1 and '<p class="score">7 <small>' in texts[0]
    assert "read your feedback" in execute(ann, show)


def test_a_mended_lesson_costs_nobody_his_work(cluster, teacher):
    bob = cluster("bob")
    bob.nbgrader("fetch", NAME)
    bob.nbgrader("submit", NAME)
    mended = tiny()
    mended.cells[0].source = "# A better lesson"
    teacher.write(f"course/source/{PATH}", mended)
    with pytest.raises(RuntimeError):
        execute(teacher, f"{IN_COURSE}import subprocess\n"
                         f"subprocess.run(['python', '-m', 'hub', 'publish', '{NAME}'], check=True)")
    assert "stays as it was released" in execute(teacher, f"{IN_COURSE}!python -m hub publish {NAME}")
    assert [line for line in collect(teacher) if line.startswith("bob, collected")]


def post(student, files: list[dict[str, str]]):
    """Hand in with the exchange's own interface, as a program would that has a student's token."""
    return execute(student, f"""import os, requests
answer = requests.post(os.environ["COURSE_EXCHANGE"] + "/submission/speech_enhancement/{NAME}",
                       headers={{"Authorization": "token " + os.environ["JUPYTERHUB_API_TOKEN"]}},
                       data={{"user": "ann", "files": {json.dumps(files)!r}}})
print(answer.status_code)""")


def coded(content: bytes) -> str:
    """Return a content as the exchange has it."""
    return base64.b64encode(content).decode()


def test_what_a_student_sends_by_hand_harms_nobody(cluster, teacher):
    eve = cluster("eve")
    eve.nbgrader("fetch", NAME)
    solve(eve, "double")
    eve.nbgrader("submit", NAME)
    for files, reason in (
            ([{"path": f"{NAME}.ipynb", "content": coded(b"{}")}, {"path": "a\\..\\b.csv", "content": ""}],
             "leads out of its folder"),
            ([{"path": f"{NAME}.ipynb", "content": coded(b"{}")}, {"path": "torch.py", "content": ""}],
             "would be run in place of the module torch"),
            ([{"path": f"{number}.csv", "content": ""} for number in range(600)], "more than 500 files")):
        assert post(eve, files) == "200\n"
        lines = collect(teacher)
        assert any(line.startswith("ann, already here") for line in lines), lines  # for whom she says she hands in
        assert any(line.startswith("eve, refused") and reason in line for line in lines), lines
        assert any(line.startswith(("eve, collected", "eve, already here")) for line in lines), lines
    assert post(eve, [{"path": "../../../x.csv", "content": ""}]) == "400\n"
    assert teacher.formgrader(f"submission/{NAME}/eve/autograde")["success"]
    scores = {one["student"]: one["score"] for one in teacher.mine(f"formgrader/api/submissions/{NAME}").json()}
    assert scores["eve"] == 4 and scores["ann"] == 7


@pytest.mark.parametrize("path", [
    f"submissions/speech_enhancement/{NAME}", f"submission/speech_enhancement/{NAME}/ann",
    f"submissions/speech_enhancement/{NAME}/ann", "students/speech_enhancement",
    f"feedback/speech_enhancement/{NAME}/ann?timestamp=2030-01-01 00:00:00.0", "initialize-Data6ase?action=dump"])
def test_a_student_sees_nothing_of_others(cluster, teacher, path):
    ask = """import os, requests
print(requests.get(os.environ["COURSE_EXCHANGE"] + "/{}",
                   headers={{"Authorization": "token " + os.environ["JUPYTERHUB_API_TOKEN"]}}).status_code)"""
    assert execute(cluster("eve"), ask.format(path)) == "403\n"
    if "feedback" not in path:
        assert execute(teacher, ask.format(path)) == "200\n"


def test_who_is_not_on_the_courses_list_is_told_that_nothing_was_handed_in(cluster, teacher):
    stranger = cluster("stranger")
    stranger.mine(f"api/contents/{NAME}", "PUT", json={"type": "directory"})
    stranger.write(PATH, tiny())
    answer = stranger.mine("assignments/submit", "POST",
                           data={"assignment_id": NAME, "course_id": "speech_enhancement"}).json()
    assert not answer["success"] and "Are you on the course's list?" in answer["value"], answer
    said = execute(stranger, "from course_utils import lessons\nprint(lessons.show().data)")
    assert "ask whether you are on the course's list" in said
