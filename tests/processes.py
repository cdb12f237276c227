"""Look at processes that may end at any moment."""

from collections.abc import Iterable

import psutil


def command(process: psutil.Process) -> list[str]:
    """Return a process's command line; nothing if it has ended, or has just begun to."""
    try:
        return process.cmdline()
    except psutil.NoSuchProcess:  # a zombie, too
        return []


def descendants(process: psutil.Process, *words: str) -> list[psutil.Process]:
    """Return what a process has started, and what that has, with these words in the command line."""
    return [child for child in process.children(recursive=True)
            if (line := " ".join(command(child))) and all(word in line for word in words)]


def any_runs(processes: Iterable[psutil.Process]) -> bool:
    """Tell whether any of these processes runs: an ended one, of which nobody has taken note yet, does not."""
    return any(process.is_running() and command(process) for process in processes)
