"""The command line. Each command is a few lines here and a module of its own, imported when it is asked for."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import autograder


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code: 0, 1 if some files could not be done, 2 for bad input."""
    argv = sys.argv[1:] if argv is None else argv
    arguments = _parser(argv).parse_args(argv)
    try:
        code = arguments.run(arguments) or 0
        sys.stdout.flush()  # here, not at exit, where nothing could be caught
        return code
    except BrokenPipeError:  # who reads this has seen enough, as `head` has; the interpreter would still try to write
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except (ValueError, OSError) as error:
        print(f"autograder: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("autograder: stopped; what was finished is kept", file=sys.stderr)
        return 130


def _parser(argv: Sequence[str]) -> argparse.ArgumentParser:
    """Return the parser with all commands. It reads the lessons only for the command that lists their methods."""
    parser = argparse.ArgumentParser(prog="python -m autograder", description=autograder.__doc__)
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    def command(run, example: str) -> argparse.ArgumentParser:
        name = run.__name__.strip("_")
        new = commands.add_parser(name, help=run.__doc__.splitlines()[0], description=run.__doc__,
                                  epilog=f"example: python -m autograder {name} {example}".rstrip())
        new.set_defaults(run=run)
        return new

    new = command(_release, "01_spectrograms --to ../students")
    new.add_argument("assignments", nargs="*", metavar="ASSIGNMENT", help="default: all")
    new.add_argument("--to", type=Path, metavar="DIR", help="copy the releases there as well")

    new = command(_collect, "01_spectrograms --from submissions.zip --students students.csv")
    new.add_argument("assignment", metavar="ASSIGNMENT")
    new.add_argument("--from", type=Path, dest="source", metavar="PATH",
                     help="a folder or zip file from a learning platform (Moodle, Canvas), or with <student>/... or "
                          "<student>.zip in it; default: nbgrader's exchange")
    new.add_argument("--students", type=Path, metavar="CSV",
                     help="who is who: a column `student_id`, and one `id` with the platform's number or one with the "
                          "full name")
    new.add_argument("--received", metavar="TIME",
                     help="when all of it was handed in; default: not known, so nobody is late")

    new = command(_accept, "s001 01_spectrograms")
    new.add_argument("student", metavar="STUDENT")
    new.add_argument("assignment", metavar="ASSIGNMENT")
    new.add_argument("--owner", default="", metavar="USER",
                     help="who handed it in under the student's name, if it was somebody else")

    new = command(_grade, "01_spectrograms --student s001")
    _add_grading(new)
    new.add_argument("--again", action="store_true", help="grade anew what has a record already")

    new = command(_regrade, "01_spectrograms --exercise stft")
    _add_grading(new)
    new.add_argument("--exercise", default="", metavar="NAME", help="the only one whose points may change")

    new = command(_feedback, "01_spectrograms --student s001")
    new.add_argument("assignment", metavar="ASSIGNMENT")
    new.add_argument("--student", action="append", default=[], metavar="S", help="only this one; may be repeated")
    new.add_argument("--submissions", type=Path, metavar="DIR", help="default: `submitted` in the course root")
    _add_records(new)
    new.add_argument("--to", type=Path, metavar="DIR",
                     help="default: `feedback` in the course root, from which `nbgrader release_feedback` takes it")

    new = command(_report, "--to report.html")
    _add_records(new)
    new.add_argument("--to", type=Path, default=Path("report.html"), metavar="FILE", help="default: %(default)s")

    new = command(_export, "--to grades.csv")
    _add_records(new)
    new.add_argument("--format", choices=["csv", "moodle", "canvas"], default="csv", help="default: %(default)s")
    new.add_argument("--roster", type=Path, metavar="CSV",
                     help="the gradebook exported from Moodle or Canvas, which is filled in")
    new.add_argument("--to", type=Path, default=Path("grades.csv"), metavar="FILE", help="default: %(default)s")

    new = command(_similarity, "01_spectrograms --to similarity.html")
    new.add_argument("assignment", metavar="ASSIGNMENT")
    new.add_argument("--submissions", type=Path, metavar="DIR", help="default: `submitted` in the course root")
    new.add_argument("--to", type=Path, default=Path("similarity.html"), metavar="FILE", help="default: %(default)s")

    new = command(_ratings, "12_listening_test --to ratings.csv")
    new.add_argument("assignment", metavar="ASSIGNMENT")
    new.add_argument("--submissions", type=Path, metavar="DIR", help="default: `submitted` in the course root")
    new.add_argument("--reference", default="clean", metavar="VERSION",
                     help="the hidden reference of MUSHRA tests; default: %(default)s")
    new.add_argument("--to", type=Path, default=Path("ratings.csv"), metavar="FILE",
                     help="all votes as a table; default: %(default)s")

    new = command(_enhance, "spectral_subtraction recordings enhanced")
    new.add_argument("method", metavar="METHOD", help=_methods() if "enhance" in argv else None)
    new.add_argument("input", type=Path, metavar="IN", help="folder of audio files")
    new.add_argument("output", type=Path, metavar="OUT", help="folder that is new or empty")
    new.add_argument("--checkpoint", type=Path, metavar="FILE",
                     help="weights for a method with a network; default: those that its lesson ships, else what "
                          "`train` has made")

    new = command(_train, "unet --seconds 600")
    new.add_argument("method", metavar="METHOD", help=_methods() if "train" in argv else None)
    new.add_argument("--seconds", type=float, default=600, metavar="S", help="how long; default: %(default)s")
    new.add_argument("--to", type=Path, metavar="FILE", help="default: build/checkpoints/METHOD.safetensors")

    new = command(_bonus, "wiener")
    new.add_argument("method", metavar="METHOD", help=_methods() if "bonus" in argv else None)
    new.add_argument("--half", choices=["hidden", "public"], default="hidden", help="default: %(default)s")
    new.add_argument("--checkpoint", type=Path, metavar="FILE", help="weights; default: as for `enhance`")

    new = command(_leaderboard, "--to leaderboard.html")
    _add_records(new)
    new.add_argument("--to", type=Path, default=Path("leaderboard.html"), metavar="FILE", help="default: %(default)s")

    command(_results, "")

    command(_demo, "")
    return parser


def _methods() -> str:
    """Return the names of the course's methods, which takes reading all lessons."""
    from autograder.methods import UNTAUGHT, methods

    return f"one of: {', '.join([*methods(), *UNTAUGHT])}"


def _add_records(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--records", type=Path, metavar="DIR", help="default: `records` in the course root")


def _add_grading(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("assignment", metavar="ASSIGNMENT")
    parser.add_argument("--student", action="append", default=[], metavar="S", help="only this one; may be repeated")
    parser.add_argument("--submissions", type=Path, metavar="DIR",
                        help="holds <student>/<assignment>/<assignment>.ipynb; default: `submitted` in the course root")
    _add_records(parser)
    parser.add_argument("--workers", type=_count, metavar="N", help="processes that grade; default: one for each core")
    parser.add_argument("--scheduler", metavar="ADDRESS",
                        help="a Dask cluster in place of this machine, as tcp://host:8786. Who can reach it can read "
                             "hidden tests and write grades. `gateway`: a cluster of N workers on dask-gateway, where "
                             "Dask's configuration says")
    parser.add_argument("--no-sandbox", action="store_true",
                        help="run students' code as you, with all that you may do; only for people you trust")


def _count(text: str) -> int:
    """Read a number of processes."""
    if int(text) < 1:
        raise ValueError
    return int(text)


def _release(arguments: argparse.Namespace) -> None:
    """Make the students' version of assignments, without solutions and hidden tests."""
    from autograder.course import Course
    from autograder.release import release

    for folder in release(Course.load(), arguments.assignments, to=arguments.to):
        print(folder)


def _collect(arguments: argparse.Namespace) -> int:
    """Take in what was handed in to an assignment; refuse, keep and report what cannot be trusted."""
    from autograder import collect
    from autograder.course import Course
    from autograder.download import read_time
    from autograder.exchange import collect_exchange

    course = Course.load()
    if arguments.source:
        outcomes = collect.collect_download(course, arguments.assignment, arguments.source, students=arguments.students,
                                            received=read_time(arguments.received))
    else:
        outcomes = collect_exchange(course, arguments.assignment)
    print(collect.table(outcomes))
    return int(any(one.what == collect.REFUSED for one in outcomes))


def _accept(arguments: argparse.Namespace) -> None:
    """Take in a submission that was refused, all the same."""
    from autograder.collect import accept
    from autograder.course import Course

    reasons = accept(Course.load(), arguments.student, arguments.assignment, owner=arguments.owner)
    print(f"taken in: {arguments.assignment} of {arguments.student}, although", *reasons, sep="\n  ")


def _grade(arguments: argparse.Namespace) -> None:
    """Grade the submissions to an assignment that have no record yet, and write a record of each."""
    from autograder.course import Course
    from autograder.grade import How, find_submissions, grade
    from autograder.record import table
    from autograder.regrade import unreleased

    course = Course.load()
    folder = arguments.records or course.records
    submissions = find_submissions(arguments.submissions or course.submitted, arguments.assignment, arguments.student)
    how = How(arguments.workers, arguments.scheduler, not arguments.no_sandbox, arguments.again)
    done = grade(course, arguments.assignment, submissions, folder, how=how)
    changed = unreleased(course, arguments.assignment)
    if changed:
        print(f"autograder: graded by the tests as released; changed since: {', '.join(changed)}", file=sys.stderr)
    print(table(done.records.values()))
    kept = len(submissions) - len(done.graded)
    print(f"\n{len(done.graded)} graded" + (f", {kept} had been graded before (--again: anew)" if kept else ""))
    print(f"records: {folder / arguments.assignment}")


def _regrade(arguments: argparse.Namespace) -> None:
    """Grade again, after a test was mended and released, and show who gained or lost and why."""
    from autograder.course import Course
    from autograder.grade import How, find_submissions
    from autograder.regrade import regrade, table

    course = Course.load()
    folder = arguments.records or course.records
    submissions = find_submissions(arguments.submissions or course.submitted, arguments.assignment, arguments.student)
    how = How(arguments.workers, arguments.scheduler, not arguments.no_sandbox)
    changes, others = regrade(course, arguments.assignment, submissions, folder, exercise=arguments.exercise, how=how)
    print(table(changes))
    if others:
        print(f"not graded again, because new, changed, unreadable or never graded: {', '.join(others)}")


def _feedback(arguments: argparse.Namespace) -> None:
    """Write the page that each student gets back: points, messages, own work (HTML)."""
    from autograder.course import Course
    from autograder.feedback import write_feedback

    course = Course.load()
    pages = write_feedback(course, arguments.assignment, arguments.student, folder=arguments.to,
                           submitted=arguments.submissions, found=arguments.records)
    print(f"{len(pages)} pages: {arguments.to or course.feedback}/<student>/{arguments.assignment}/")


def _report(arguments: argparse.Namespace) -> None:
    """Show what the class understood, as one HTML page."""
    from autograder.course import Course
    from autograder.gradebook import refresh
    from autograder.report import write_report
    from autograder.similarity import stored_pairs

    course = Course.load()
    write_report(refresh(course, arguments.records or course.records), arguments.to, stored_pairs(course.root))
    print(arguments.to)


def _export(arguments: argparse.Namespace) -> int:
    """Write all grades as a table for a spreadsheet, Moodle or Canvas (CSV)."""
    from autograder.course import Course
    from autograder.export import SYSTEMS, write_csv, write_filled
    from autograder.gradebook import refresh

    if (arguments.format == "csv") != (arguments.roster is None):
        raise ValueError("--format moodle and --format canvas, and only these, need --roster CSV: "
                         "export the gradebook there and name that file")
    course = Course.load()
    found = refresh(course, arguments.records or course.records)
    if arguments.format == "csv":
        write_csv(found, arguments.to)
        strangers = []
    else:
        strangers = write_filled(found, arguments.to, system=SYSTEMS[arguments.format], roster=arguments.roster)
    print(arguments.to)
    if strangers:
        rest = arguments.to.with_name(f"{arguments.to.stem}-not-on-the-list.csv")
        write_csv(strangers, rest)
        print(f"not in {arguments.roster}: {', '.join(dict.fromkeys(record['student'] for record in strangers))}; "
              f"their grades are in {rest}")
    return 1 if strangers else 0


def _similarity(arguments: argparse.Namespace) -> None:
    """Show pairs of submissions that are so alike that somebody should look at them (HTML)."""
    from autograder.course import Course
    from autograder.similarity import write_similarity

    found = write_similarity(Course.load(), arguments.assignment, arguments.to, submitted=arguments.submissions)
    print(f"{len(found.pairs)} pairs to look at among {found.students} submissions\n{arguments.to}")


def _ratings(arguments: argparse.Namespace) -> None:
    """Put the listening tests of a class together: mean opinions with intervals, and what metrics say of them."""
    from autograder import ratings
    from autograder.course import Course

    pooled = ratings.pool(arguments.submissions or Course.load().submitted, arguments.assignment)
    for note in pooled.notes:
        print(note, file=sys.stderr)
    if not pooled.votes:
        raise ValueError(f"nobody has handed in ratings with {arguments.assignment}: they are expected in "
                         f"<student>/{arguments.assignment}/{ratings.FILES}")
    ratings.write(pooled.votes, arguments.to)
    for line in ratings.lines(pooled.votes, reference=arguments.reference):
        print(line)
    print(arguments.to)


def _enhance(arguments: argparse.Namespace) -> int:
    """Run a method of the course over a folder of audio files.

    Files keep their format, rate and channels. Super-resolution by R returns files of R times the rate: its networks
    were trained to make 16 kHz of 8 (x2) or 4 kHz (x4), and for other rates a warning says so. gap_fill fills spans of
    exact zeros of 5 to 100 ms.
    """
    from autograder.enhance import enhance_folder

    return enhance_folder(arguments.method, arguments.input, arguments.output, checkpoint=arguments.checkpoint)


def _train(arguments: argparse.Namespace) -> None:
    """Train the network of a method on the course's audio, or on that of COURSE_DATA."""
    from autograder.methods import train

    os.environ.pop("NBGRADER_EXECUTION", None)  # it would turn the training into a few steps
    print(train(arguments.method, seconds=arguments.seconds, to=arguments.to))


def _bonus(arguments: argparse.Namespace) -> None:
    """Say what a method of the course gains on the held-out set of the project."""
    from statistics import fmean

    import torch

    from autograder import bonus, final
    from autograder.methods import load_method
    from course_utils.trial import TITLES, intervals

    method = load_method(arguments.method)
    if method.rate:
        raise ValueError(f"{method.name} returns {method.rate} samples for each that it gets, of recordings that are "
                         "coarse or have gaps; the bonus is for methods that take noise away")
    run = method.run(arguments.checkpoint)
    with torch.no_grad():
        clips, _, _ = final.try_on(run, bonus.held_out(arguments.half))
    for name, (low, high) in intervals(clips).items():
        print(f"{TITLES[name]:6} {fmean(clip.gain[name] for clip in clips):+7.3f}, {low:+7.3f} to {high:+7.3f}")
    for problem in sorted({clip.problem for clip in clips} - {""}):
        print(f"{sum(clip.problem == problem for clip in clips)} of {len(clips)} do not count: {problem}")


def _leaderboard(arguments: argparse.Namespace) -> None:
    """Show what the project's enhancers gain on the public clips, students' beside the course's (HTML)."""
    from autograder.course import Course
    from autograder.leaderboard import write_leaderboard

    count = write_leaderboard(Course.load(), arguments.to, arguments.records)
    print(f"{count} students' enhancers\n{arguments.to}")


def _results(_: argparse.Namespace) -> None:
    """Write what each method makes of the six clips of the lessons' tables, in data/results."""
    from autograder.methods import write_results

    for path in write_results():
        print(path)


def _demo(_: argparse.Namespace) -> None:
    """Release all assignments, make up a small class, grade it, and report, all in build/demo."""
    from autograder.demo import demo

    demo()
