"""A class's listening tests are put together, whatever a student has written into his file."""

import csv
import os
import re

import pytest

from autograder.cli import main
from course_utils.listen import ratings
from course_utils.listen.ratings import ANCHOR, Vote

NAME = "12_listening_test"
MARKS = {"clean": 5, "ours": 4, "noisy": 2}
PESQ = {"clean": 4.6, "ours": 2.5, "noisy": 1.3}


def acr(listener, *, strict=0, clips=("one", "two"), test="study"):
    return [Vote(test, "acr", listener, page, clip, version, max(1, mark - strict), PESQ[version], 0.5)
            for page, (clip, version, mark) in enumerate(
                ((clip, version, mark) for clip in clips for version, mark in MARKS.items()), 1)]


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "submitted"


@pytest.fixture
def pool(folder, tmp_path, capsys):
    """Run the command; return its code, what it says of the class, and what it says of files."""
    def pool(*options):
        code = main(["ratings", NAME, "--submissions", str(folder), "--to", str(tmp_path / "all.csv"), *options])
        return code, *capsys.readouterr()
    return pool


@pytest.fixture
def hand_in(folder):
    def hand_in(student, votes=(), *, text=None, name="study.csv"):
        path = folder / student / NAME / "ratings" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if text is None:
            ratings.write(votes, path)
        else:
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path
    return hand_in


def numbers(out, version):
    return [float(x) for x in re.findall(r"-?\d+\.?\d*", re.search(rf"^  {re.escape(version)} +(.*)$", out, re.M)[1])]


def test_opinions_of_a_class_have_intervals_over_listeners(hand_in, pool, tmp_path):
    for student, strict in (("ann", 0), ("bob", 1), ("cy", 2)):
        hand_in(student, acr("me", strict=strict))
    code, out, err = pool()
    assert (code, err) == (0, "")
    assert "study (acr): 3 listeners of 3 students, 18 votes" in out
    assert numbers(out, "ours") == [3.0, 0.52, 5.48, 3, 6]  # 4, 3, 2: 3 plus and minus 4.303 / sqrt(3), by hand
    assert list(re.findall(r"^  (clean|ours|noisy)", out, re.M)) == ["clean", "ours", "noisy"]
    assert re.search(r"correlation with PESQ-WB: \+0\.9\d", out) and "correlation with ESTOI: too few sounds" in out
    with (tmp_path / "all.csv").open(newline="") as file:
        assert {row["listener"] for row in csv.DictReader(file)} == {"ann/me", "bob/me", "cy/me"}


def test_one_listener_has_no_interval(hand_in, pool):
    hand_in("ann", acr("me"))
    assert "one listener" in pool()[1]


def test_abx_counts_who_hears_and_who_guesses(hand_in, pool):
    for student, right in (("ann", 8), ("bob", 4)):
        hand_in(student, [Vote("same", "abx", "me", page, "", "ab"[page % 2], float(page <= right))
                          for page in range(1, 9)])
    _, out, _ = pool()
    assert "right: 75% of a listener's answers" in out and "1 of 2 listeners with p < 0.05" in out


def test_who_does_not_hear_the_reference_is_left_out(hand_in, pool):
    def side_by_side(reference, other):
        return [Vote("beside", "mushra", "me", 1, "one", version, mark)
                for version, mark in (("clean", reference), ("ours", other), (ANCHOR, 20))]
    hand_in("ann", side_by_side(100, 60))
    hand_in("bob", side_by_side(98, 70))
    hand_in("deaf", side_by_side(40, 0))
    _, out, _ = pool()
    assert "left out by post-screening: deaf/me" in out and numbers(out, "ours")[0] == 65


def test_nobody_votes_for_many(hand_in, pool):
    hand_in("ann", acr("me"))
    hand_in("bob", acr("me", strict=3) + acr("me", strict=3, clips=("one",)))
    hand_in("crowd", [vote for k in range(40) for vote in acr(f"friend {k}", strict=4)])
    _, out, err = pool()
    assert "5 listeners of 3 students, 30 votes" in out
    assert "crowd: the first 3 of 40 listeners count" in err
    assert "bob: ratings/study.csv: 3 votes for what was voted on before do not count" in err


@pytest.mark.parametrize("change, said", [
    (lambda text: text.replace(",4,", ",400,"), "400 is no rating of a test of the kind acr"),
    (lambda text: text.replace(",4,", ",nan,"), "nan is no rating"),
    (lambda text: text.replace(",4,", ",four,"), "four"),
    (lambda text: text.replace("ours", "\x1b[2Jours"), "cannot be shown"),
    (lambda text: text.replace("ours", " \u0301"), "cannot be shown"),
    (lambda text: text.replace("study", " "), "the name of the test is empty"),
    (lambda text: text.replace(",2.5,", ",1e308,"), "pesq_wb cannot be 1e+308"),
    (lambda text: text.replace("me,", "me,\u0661"), "a page has no number"),
    (lambda text: text.replace(",acr,", ",duel,"), "no test of the kind 'duel'"),
    (lambda text: text.replace("listener", "name"), "its columns should be"),
    (lambda text: "", "its columns should be"),
    (lambda text: b"\xff\xfe\0", "no file of ratings"),
    (lambda text: text + "\0", "a line has not 10 values"),
    (lambda text: text + '"' + "x" * 200_000, "no file of ratings"),
    (lambda text: text * 3000, "more than 1 MB"),
])
def test_what_cannot_be_a_vote_is_left_out_and_said(hand_in, pool, change, said):
    hand_in("ann", acr("me"))
    text = hand_in("bob", acr("me")).read_text().replace(",4.0,", ",4,")
    hand_in("bob", text=change(text))
    code, out, err = pool()
    assert code == 0 and numbers(out, "ours")[0] == 4
    assert "bob: ratings/study.csv: " in err and said in err and "\x1b" not in out + err
    assert len(err) < 400


def test_no_cell_of_the_table_is_a_formula(hand_in, pool, tmp_path):
    hand_in("ann", acr("=cmd()"))
    hand_in("bob", [*acr("me"), Vote("=1+1", "acr", "me", 1, "-x", "@y", 3)])
    assert pool()[0] == 0
    with (tmp_path / "all.csv").open(newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] and "'@y" in cells


def test_links_are_not_followed(hand_in, pool, folder, tmp_path):
    hand_in("ann", acr("me"))
    ratings.write(acr("secret"), tmp_path / "elsewhere.csv")
    link = hand_in("bob", text="x")
    link.unlink()
    os.symlink(tmp_path / "elsewhere.csv", link)
    _, out, err = pool()
    assert "1 listeners of 1 students" in out and "bob" in err


def test_without_ratings_it_says_where_they_should_be(hand_in, pool, folder):
    (folder / "ann" / NAME).mkdir(parents=True)
    code, _, err = pool()
    assert code == 2 and f"<student>/{NAME}/ratings/*.csv" in err


def test_one_student_is_no_class(hand_in, pool):
    for student in ("ann", "bob", "cy"):
        hand_in(student, acr("me"))
    honest = re.search("PESQ-WB: (.*)", pool()[1])[1]
    hand_in("dan", [Vote("study", "acr", "me", 1, "one", f"mine {k}", 1, 4.9 - k / 100) for k in range(40)]
            + [Vote(f"test {k}", "acr", "me", 1, "one", "a", 1) for k in range(400)])
    _, out, _ = pool()
    assert re.search("PESQ-WB: (.*)", out)[1] == honest
    assert out.startswith("study (acr)") and "tests of fewer students" in out and len(out.splitlines()) < 200


def test_names_that_look_alike_are_alike(hand_in, pool):
    hand_in("ann", acr("me") + acr("\uff4d\uff45 ", clips=("three",)))
    assert "1 listeners of 1 students, 9 votes" in pool()[1]


def test_a_file_that_a_spreadsheet_has_saved_counts(hand_in, pool):
    text = hand_in("ann", acr("me")).read_text()
    hand_in("ann", text="\ufeff" + text)
    assert "6 votes" in pool()[1]


def test_what_a_student_can_hand_in_is_read_soon(hand_in, pool):
    head = ",".join(ratings.COLUMNS) + "\n"
    for name in ("a.csv", "b.csv"):
        hand_in("ann", text=head + "".join(f"same,abx,me,{k},,a,1,1,1,\n" for k in range(9000)), name=name)
    _, out, err = pool()
    assert "1 listeners of 1 students, 1000 votes" in out and "1000 lines are read" in err
