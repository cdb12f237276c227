"""The command line. Each command is a few lines here and a module of its own, imported when it is asked for."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import autograder


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code: 0, 1 if some files could not be done, 2 for bad input."""
    argv = sys.argv[1:] if argv is None else argv
    arguments = _parser(argv).parse_args(argv)
    try:
        return arguments.run(arguments) or 0
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

    new = command(_grade, "01_spectrograms --student s001")
    new.add_argument("assignment", metavar="ASSIGNMENT")
    new.add_argument("--student", action="append", default=[], metavar="S", help="only this one; may be repeated")
    new.add_argument("--submissions", type=Path, metavar="DIR",
                     help="holds <student>/<assignment>/<assignment>.ipynb; default: `submitted` in the course root")
    _add_records(new)

    new = command(_report, "--to report.html")
    _add_records(new)
    new.add_argument("--to", type=Path, default=Path("report.html"), metavar="FILE", help="default: %(default)s")

    new = command(_export, "--to grades.csv")
    _add_records(new)
    new.add_argument("--to", type=Path, default=Path("grades.csv"), metavar="FILE", help="default: %(default)s")

    new = command(_enhance, "spectral_subtraction recordings enhanced")
    new.add_argument("method", metavar="METHOD", help=_methods() if "enhance" in argv else None)
    new.add_argument("input", type=Path, metavar="IN", help="folder of audio files")
    new.add_argument("output", type=Path, metavar="OUT", help="folder that is new or empty")

    command(_demo, "")
    return parser


def _methods() -> str:
    """Return the names of the course's methods, which takes reading all lessons."""
    from autograder.lesson import methods

    return f"one of: {', '.join(methods()) or 'none yet'}"


def _add_records(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--records", type=Path, metavar="DIR", help="default: `records` in the course root")


def _release(arguments: argparse.Namespace) -> None:
    """Make the students' version of assignments, without solutions and hidden tests."""
    from autograder.course import Course
    from autograder.release import release

    for folder in release(Course.load(), arguments.assignments, to=arguments.to):
        print(folder)


def _grade(arguments: argparse.Namespace) -> None:
    """Grade the submissions to an assignment, and write a record of each."""
    from autograder.course import Course
    from autograder.grade import find_submissions, grade
    from autograder.record import table

    course = Course.load()
    folder = arguments.records or course.records
    submissions = find_submissions(arguments.submissions or course.submitted, arguments.assignment, arguments.student)
    print(table(grade(course, arguments.assignment, submissions, folder)))
    print(f"\nrecords: {folder / arguments.assignment}")


def _report(arguments: argparse.Namespace) -> None:
    """Show what the class understood, as one HTML page."""
    from autograder.course import Course
    from autograder.gradebook import refresh
    from autograder.report import write_report

    course = Course.load()
    write_report(refresh(course, arguments.records or course.records), arguments.to)
    print(arguments.to)


def _export(arguments: argparse.Namespace) -> None:
    """Write all grades as a table for a spreadsheet (CSV)."""
    from autograder.course import Course
    from autograder.export import write_csv
    from autograder.gradebook import refresh

    course = Course.load()
    write_csv(refresh(course, arguments.records or course.records), arguments.to)
    print(arguments.to)


def _enhance(arguments: argparse.Namespace) -> int:
    """Run a method of the course over a folder of audio files."""
    from autograder.enhance import enhance_folder

    return enhance_folder(arguments.method, arguments.input, arguments.output)


def _demo(_: argparse.Namespace) -> None:
    """Release all assignments, make up a small class, grade it, and report, all in build/demo."""
    from autograder.demo import demo

    demo()
