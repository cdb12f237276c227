"""The final hand-in: an enhancer that helps earns a bonus, the same each time; one that breaks a rule is told which."""

import json
import shutil
import subprocess
import sys
from time import process_time, sleep
from types import SimpleNamespace

import nbformat
import pytest
import soundfile
import torch
from safetensors.torch import load, save_file
from small_course import HOW, REPOSITORY

from autograder import bonus, final
from autograder.cli import main
from autograder.course import Course
from autograder.files import content_problem
from autograder.trusted import Report
from course_utils import corpus, degrade
from course_utils.checks import Checks
from course_utils.trial import MEASURES

NAME = "project_final"


def write_pairs(folder, count=4):
    """Write a small set of pairs, speech in white noise."""
    g = torch.Generator().manual_seed(1)
    for half in ("hidden", "public"):
        for number in range(count):
            s = corpus.clip("speech", "test", 3 * number + (half == "public"), seconds=2.5)
            y = degrade.mix(s, degrade.white(s.shape, generator=g), snr_db=3.0 * number)
            for kind, x in (("noisy", y), ("clean", s)):
                (folder / half / kind).mkdir(parents=True, exist_ok=True)
                soundfile.write(folder / half / kind / f"{number:03d}.flac", x.flatten().numpy() * 0.5, 16_000)


@pytest.fixture(scope="module")
def pairs(tmp_path_factory):
    """A small held-out set, which the whole module is graded on."""
    folder = tmp_path_factory.mktemp("heldout")
    write_pairs(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COURSE_HELDOUT", str(folder))
        yield folder


def near(y):
    """Return the speech of a clip with a tenth of its noise, as nobody can."""
    for pair in (*bonus.held_out("hidden"), *bonus.held_out("public")):
        if torch.equal(pair.y, y):
            return pair.s + 0.1 * (pair.y - pair.s)
    return y


@pytest.fixture(scope="module")
def weights(tmp_path_factory):
    """A folder with weights in it."""
    folder = tmp_path_factory.mktemp("weights")
    save_file({"floor": torch.tensor(0.1)}, folder / "model.safetensors")
    return folder


@pytest.fixture
def examine(pairs, weights):
    def examined(enhance, *, name="", used=lambda: (0.0, 0), folder=weights):
        c = Checks("trained_model_test", points=3)
        final.examine(c, enhance, name=name, used=used, folder=folder)
        return c.bonus
    return examined


def test_what_helps_earns_the_same_each_time(examine):
    first, again = (examine(near, name="  Ada \n Lovelace") for _ in range(2))
    first["real_time_factor"] = again["real_time_factor"] = 0
    assert first == again
    assert first["points"] > 1 and first["name"] == "Ada Lovelace"
    assert min(first["hidden"]["gains"][name]["low"] for name in MEASURES) > 0
    assert len(first["sounds"]) == 1 and first["public"]["clips"] == 4
    assert first["hidden"]["noise_reduction"] == pytest.approx(20, abs=0.2)


@pytest.mark.parametrize("enhance, says", [
    (lambda y: y * torch.nan, "NaN"), (lambda y: y[:-1], "another shape"), (lambda y: y[None], "another shape"),
    (lambda y: y.numpy(), "ndarray"), (lambda y: y.int(), "floating point"),
    (lambda y: y, "none of the metrics"), (lambda y: near(y) * 0.01 + y * 0.99, "none of the metrics"),
    (lambda y: 0 * y, "it is silent"),
    (lambda y: y + 0.1 * torch.randn(len(y)), "worse")])
def test_what_is_refused_or_does_nothing_is_told_so(examine, enhance, says):
    with pytest.raises(AssertionError, match=says):
        examine(enhance)


def test_the_public_half_is_tried_before_the_hidden_one_is_heard(examine):
    heard = []
    examine(lambda y: heard.append(y) or near(y))
    hidden = [pair.y for pair in bonus.held_out("hidden")]
    assert all(map(torch.equal, heard[-len(hidden):], hidden))
    assert not any(torch.equal(y, x) for y in heard[:-len(hidden)] for x in hidden)


def test_trouble_of_the_graders_is_for_the_instructor_and_not_the_students_fault(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_HELDOUT", str(tmp_path))
    kernel = SimpleNamespace(deadline=0.0, doubts=[], used=lambda: (0.0, 0))
    with pytest.raises(AssertionError, match="no fault of yours"):
        Report(kernel, "", "", seed="", folder=tmp_path).examine(Checks("trained_model_test", points=3), near, "")
    assert "COURSE_HELDOUT" in kernel.doubts[0]


def test_too_slow_by_the_systems_clock(examine):
    seconds = iter(range(1, 1000))
    with pytest.raises(AssertionError, match="processor time"):
        examine(near, used=lambda: (10.0 * next(seconds), 0))


def test_files_that_are_written(examine):
    size = iter(range(1, 1000))
    with pytest.raises(AssertionError, match="writes files"):
        examine(near, used=lambda: (1.0, next(size)))


@pytest.mark.parametrize("name, shown", [("", ""), (7, ""), (None, ""), ("a" * 100, "a" * 40), ("\x1b[31mred", ""),
                                         ("<b>", "<b>"), ("e\u0301" + 30 * "\u0316", "\u00e9"), ("a\u202eb", "")])
def test_names_are_short_and_plain(name, shown):
    assert final.shown_name(name) == shown


def test_a_very_long_name_costs_nothing():
    begin = process_time()
    assert final.shown_name("ab " * 20_000_000) == " ".join(["ab"] * 14)[:40]
    assert process_time() - begin < 0.1


def test_weights_are_counted_as_they_were_handed_in(examine, tmp_path):
    with pytest.raises(AssertionError, match=r"no model\.safetensors"):
        examine(near, folder=tmp_path)
    (tmp_path / "model.safetensors").write_bytes(b"no weights")
    with pytest.raises(AssertionError, match="cannot be read"):
        examine(near, folder=tmp_path)
    save_file({"window": torch.zeros(3, 1_000_000)}, tmp_path / "model.safetensors")
    with pytest.raises(AssertionError, match="holds 3000000 numbers"):
        examine(near, folder=tmp_path)


def test_what_an_exception_says_of_a_hidden_clip_stays_here(examine):
    hidden = bonus.held_out("hidden")[1].y

    def tells(y):
        if torch.equal(y, hidden):
            error = ValueError(str(y[:100].tolist()))
            error.student_line = "# 14208"
            raise error
        return near(y)

    with pytest.raises(AssertionError, match="and for no public one") as raised:
        examine(tells)
    assert "14208" not in str(raised.value)


def test_time_that_was_not_counted_is_a_doubt(pairs, weights):
    def idle(y):
        sleep(1)
        return near(y)

    seconds = iter(range(1, 1000))
    c = Checks("trained_model_test", points=3)
    (doubt,) = final.examine(c, idle, name="", used=lambda: (0.01 * next(seconds), 0), folder=weights)
    assert "on the clock" in doubt


def test_a_blast_is_not_played_to_others(examine):
    public = [pair.y for pair in bonus.held_out("public")]

    def blast(y):
        return torch.sin(torch.arange(len(y)) * 1.2) if torch.equal(y, public[0]) else near(y)

    assert examine(blast)["sounds"] == [""]


def test_how_far_an_enhancer_looks_ahead():
    y = torch.randn(16_000, generator=torch.Generator().manual_seed(1))
    assert final.look_ahead(lambda y: 0.5 * y, y) == 0
    assert final.look_ahead(lambda y: torch.nn.functional.pad(y[1600:], (0, 1600)), y) == pytest.approx(0.1)
    assert final.look_ahead(lambda y: y.flip(0), y) == pytest.approx(0.5)


@pytest.mark.parametrize("length", [128, 640, 0x4B50])
def test_weights_are_no_pickle_whatever_their_first_bytes(length, tmp_path):
    save_file({"floor": torch.zeros(1)}, tmp_path / "model.safetensors")
    content = (tmp_path / "model.safetensors").read_bytes()
    header = content[8:8 + int.from_bytes(content[:8], "little")].rstrip().ljust(length)
    content = length.to_bytes(8, "little") + header + content[-4:]
    assert load(content)["floor"] == 0 and content.startswith((b"\x80", b"PK"))
    assert content_problem("model.safetensors", content) == ""


@pytest.mark.parametrize("zipped", [True, False])
def test_a_pickle_is_one_by_any_name(zipped, tmp_path):
    torch.save({"floor": torch.zeros(1)}, tmp_path / "model.pt", _use_new_zipfile_serialization=zipped)
    assert "pickle" in content_problem("model.safetensors", (tmp_path / "model.pt").read_bytes())


# ---- the whole way, in the sandbox

SUBTRACTION = '''
import torch
from torch import nn

def count_parameters(model):
    return sum(p.numel() for p in model.parameters())

class Enhancer(nn.Module):
    def __init__(self):
        super().__init__()
        self.floor = nn.Parameter(torch.tensor(0.1))

    def forward(self, y):
        x = nn.functional.pad(y[:, 0], (0, max(0, 512 - y.shape[-1])))
        window = torch.hann_window(512)
        Y = torch.stft(x, 512, 128, window=window, pad_mode="constant", return_complex=True)
        P = Y.abs().square()
        N = P.quantile(0.3, -1, keepdim=True) * 2.8
        H = (1 - N / P.clamp_min(1e-12)).clamp_min(0).sqrt().clamp_min(self.floor)
        return torch.istft(H * Y, 512, 128, window=window, length=x.shape[-1])[:, None, :y.shape[-1]]
'''
ATTACKS = {
    "writes": "    open('note.txt', 'a').write('x' * 10_000)\n",
    "connects": "    import socket\n    socket.create_connection(('192.0.2.1', 80), timeout=1)\n",
    "slow": "    import time\n    end = time.process_time() + 0.8\n    while time.process_time() < end: pass\n",
    "tells": "    import builtins\n    builtins.heard = y\n",
    "quits": "    import os\n    os._exit(0)\n",
}


@pytest.fixture(scope="module")
def course(pairs, tmp_path_factory):
    """The final hand-in of some students, graded; the folder of the course."""
    root = tmp_path_factory.mktemp("final")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COURSE_ROOT", str(root))
        patch.chdir(REPOSITORY)
        assert main(["release", NAME]) == 0
        for student in ("ada", "pickle", *ATTACKS):
            folder = root / "submitted" / student / NAME
            shutil.copytree(root / "release" / NAME, folder)
            for milestone in ("project_milestone_1", "project_milestone_2"):
                shutil.copytree(REPOSITORY / "notebooks" / milestone / "enhancer", folder / "enhancer",
                                dirs_exist_ok=True)
            (folder / "enhancer" / "model.py").write_text(SUBTRACTION)
            (folder / "enhancer" / "train.py").write_text(
                "from safetensors.torch import load_file\nfrom enhancer.model import Enhancer\ndef load(path):\n"
                "    model = Enhancer()\n    model.load_state_dict(load_file(path))\n    return model.eval()\n")
            lines = ATTACKS.get(student, "")
            (folder / "enhancer" / "enhance.py").write_text(
                f"import torch\ndef enhance(y, model, *, rate=16_000):\n{lines}"
                "    with torch.no_grad():\n        return model(y.reshape(-1, 1, y.shape[-1])).reshape(y.shape)\n")
            if student == "pickle":
                torch.save({"floor": torch.tensor(0.1)}, folder / "model.safetensors")
            else:
                save_file({"floor": torch.tensor(0.1)}, folder / "model.safetensors")
        path = root / "submitted" / "tells" / NAME / f"{NAME}.ipynb"
        notebook = nbformat.read(path, 4)
        notebook.cells.append(nbformat.v4.new_code_cell("print(heard)"))
        nbformat.write(notebook, path)
        (root / "submitted" / "ada" / NAME / "enhancer" / "__init__.py").write_text('LEADERBOARD_NAME = "Ada <3"\n')
        # A process of its own: workers may come from one that was started before COURSE_HELDOUT was set.
        subprocess.run([sys.executable, "-m", "autograder", "grade", NAME, *HOW], check=True)
    return root


def record(course, student):
    return json.loads((course / "records" / NAME / f"{student}.json").read_text())


def said(course, student):
    checks = record(course, student)["cells"][0]["checks"]
    return {check["name"]: check["message"] for check in checks if not check["passed"]}


HIDDEN = "better than noisy clips that nobody has seen"


def test_a_working_model_has_its_points_and_a_bonus(course):
    ada = record(course, "ada")
    assert said(course, "ada") == {} and ada["cells"][0]["score"] == 3.0
    assert ada["bonus"] == ada["trial"]["points"] > 0 and ada["score"] == 3.0
    assert 0 < ada["trial"]["real_time_factor"] < final.SLOWEST
    assert "sounds" not in ada["trial"]


def test_the_bonus_is_extra_credit(course, monkeypatch):
    monkeypatch.setenv("COURSE_ROOT", str(course))
    monkeypatch.chdir(REPOSITORY)
    with Course.load().gradebook() as gradebook:
        notebook = gradebook.find_submission_notebook(NAME, NAME, "ada")
        assert {grade.name: grade.extra_credit for grade in notebook.grades} == {
            "trained_model_test": record(course, "ada")["bonus"], "model_card": None}


@pytest.mark.parametrize("student, says", [
    ("writes", "writes files"), ("connects", "OSError"), ("slow", "processor time")])
def test_rules_are_kept_in_the_sandbox(course, student, says):
    assert says in said(course, student)[HIDDEN]
    assert record(course, student)["status"] == "graded" and record(course, student)["bonus"] == 0


def test_a_pickle_stays_outside_and_earns_nothing(course):
    assert any("is a pickle" in flag for flag in record(course, "pickle")["flags"])
    assert "left out" in said(course, "pickle")["the weights"]
    assert record(course, "pickle")["score"] == record(course, "pickle")["bonus"] == 0


def test_nothing_runs_after_the_hidden_clips_were_heard(course):
    executed = nbformat.read(course / "autograded" / "tells" / NAME / f"{NAME}.ipynb", 4)
    (output,) = executed.cells[-1].outputs
    assert output.output_type == "error" and "nobody else may hear" in output.evalue
    assert record(course, "tells")["bonus"] == record(course, "ada")["bonus"]


def test_a_model_that_ends_the_process_is_a_record(course):
    assert record(course, "quits")["score"] < 1 and record(course, "quits")["bonus"] == 0


def test_the_page_shows_the_bonus_apart(course, monkeypatch):
    monkeypatch.setenv("COURSE_ROOT", str(course))
    monkeypatch.chdir(REPOSITORY)
    assert main(["feedback", NAME, "--student", "ada"]) == 0
    page = (course / "feedback" / "ada" / NAME / f"{NAME}.html").read_text()
    assert "<h2>Bonus</h2>" in page and "beyond the points above" in page and "Ada &lt;3" in page


@pytest.mark.parametrize("path, size, says", [
    ("enhancer/model.py", 1_000_000, "a file of code may have"), ("enhancer/model.py", 100_000, ""),
    ("model.safetensors", 60_000_000, "weights may have 50")])
def test_files_have_a_size(path, size, says):
    assert says in content_problem(path, b" " * size) and bool(says) == bool(content_problem(path, b" " * size))


def test_the_leaderboard(course, monkeypatch, tmp_path):
    monkeypatch.setenv("COURSE_ROOT", str(course))
    monkeypatch.chdir(REPOSITORY)
    monkeypatch.setattr("autograder.leaderboard.denoisers", lambda: ["spectral_subtraction"])
    monkeypatch.setattr("autograder.leaderboard.HEARD", 1)
    assert main(["leaderboard", "--to", str(tmp_path / "page.html")]) == 0
    page = (tmp_path / "page.html").read_text()
    for name in ("Ada &lt;3 (", "spectral subtraction", "log mmse", "reference"):
        assert name in page
    assert ">ada<" not in page and ">writes<" not in page
    assert page.count("<audio") == 2 + 4  # noisy, clean, and a clip of the better student and of each method
    assert "best 1 of 2 students' enhancers can be heard" in page.replace("&#39;", "'")
    executed = nbformat.read(course / "autograded" / "ada" / NAME / f"{NAME}.ipynb", 4)
    assert any("sounds" in str(cell.get("outputs", "")) for cell in executed.cells)
