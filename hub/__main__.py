"""The hub's commands: `python -m hub`."""

import argparse
import os
import sys
from pathlib import Path

from hub import authenticator, desk, laptop, people, settings
from hub.backup import back_up, restore
from hub.publish import publish


def main() -> None:
    """Run a command."""
    parser = argparse.ArgumentParser(prog="python -m hub", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("laptop", help="a hub with an instructor and three students on this machine; Ctrl-C ends it")
    commands.add_parser("prepare", help="make the instructor's account and the exchange, and release the lessons")
    new = commands.add_parser("publish", help="release lessons that are new or have changed; as the instructor, in the "
                                              "course's folder")
    new.add_argument("names", nargs="*", metavar="LESSON")
    commands.add_parser("backup", help="write all that the hub keeps into a file").add_argument("file", type=Path)
    commands.add_parser("restore", help="the way back, where there is no hub yet").add_argument("file", type=Path)
    for name, what in (("add", "add people, and print their first passwords"),
                       ("password", "give out new first passwords"),
                       ("remove", "remove people; their homes are put away")):
        commands.add_parser(name, help=what).add_argument("names", nargs="+", metavar="NAME")
    arguments = parser.parse_args()
    try:
        run(arguments)
    except ValueError as error:
        sys.exit(f"hub: {error}")


def run(arguments: argparse.Namespace) -> None:
    """Run a command."""
    here = settings.read()
    if arguments.command == "laptop":
        laptop.run(here)
    elif arguments.command == "prepare":
        print("Releasing lessons, which takes a few minutes ...", flush=True)
        print(desk.set_up(here), end="")
    elif arguments.command == "publish":
        if not os.environ.get("COURSE_ROOT"):
            raise ValueError("COURSE_ROOT is not set: lessons are released on the instructor's server, in a terminal")
        for name in desk.prepare(Path(os.environ["COURSE_ROOT"])):
            print(f"hub: {name} was edited here, and stays as it is", file=sys.stderr)
        os.chdir(os.environ["COURSE_ROOT"])
        print("\n".join(publish(arguments.names)))
    elif arguments.command == "backup":
        print(back_up(here, arguments.file))
    elif arguments.command == "restore":
        print("\n".join(restore(here, arguments.file)))
    elif arguments.command == "remove":
        check_there(here)
        for name in arguments.names:
            people.remove(name, here)
            if here.authenticator == "native":
                authenticator.take_back(name, here)
    else:
        authenticator.check_ours(here)
        check_there(here)
        again = arguments.command == "password"
        for name in arguments.names:
            if again:
                authenticator.check_known(name, here)
            people.account(name, here)
        for name, password in authenticator.give_out(arguments.names, here, again=again).items():
            print(f"{name}\t{password}")


def check_there(here: settings.Settings) -> None:
    """Check that there is a hub: who is added to one that is elsewhere gets a password that opens nothing.

    Raises
    ------
    ValueError
        If there is none.
    """
    if not here.exchange.is_dir():
        raise ValueError(f"there is no hub in {here.root}: set HUB_ROOT as for the hub, or make one "
                         "(python -m hub prepare)")


if __name__ == "__main__":
    main()
