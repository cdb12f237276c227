"""Help with the project: a package goes from one milestone to the next."""

import shutil
from pathlib import Path

PACKAGE = "enhancer"
"""Its folder, beside each notebook of the project."""
MADE = "*.safetensors", "*.csv"
"""What trainings leave beside it: weights and logs."""


def carry_over(milestone: str, *, folder: str | Path = ".") -> list[str]:
    """Copy what an earlier milestone has and this one lacks: the package, weights, logs. What is here stays as it is.

    Parameters
    ----------
    milestone : str
        Name of the earlier assignment, whose folder lies beside this one.
    folder : str or Path
        Folder of this assignment.

    Returns
    -------
    list of str
        The files that were copied, relative to the folder, and a line for each that is newer there than here.

    Raises
    ------
    ValueError
        If the earlier package is not there, and this one is not complete without it.

    Examples
    --------
    >>> carry_over("project_milestone_1")  # doctest: +SKIP
    ['enhancer/data.py', 'enhancer/metrics.py', 'enhancer/model.py']
    """
    here = Path(folder).resolve()
    earlier = here.parent / milestone / PACKAGE
    if not earlier.is_dir():
        if (here / PACKAGE / "__init__.py").is_file():
            return []
        raise ValueError(f"there is no {earlier}, and {here / PACKAGE} is not whole without it: put the folder "
                         f"{PACKAGE} of {milestone} there, or copy its files here yourself")
    copied = []
    made = [path for pattern in MADE for path in earlier.parent.glob(pattern)]
    for path in [*sorted(earlier.rglob("*")), *sorted(made)]:
        name = path.relative_to(earlier.parent)
        target = here / name
        hidden = any(part.startswith((".", "__pycache__")) for part in name.parts)
        if not path.is_file() or path.is_symlink() or hidden:
            continue
        if target.exists():
            newer = path.stat().st_mtime > target.stat().st_mtime
            if newer and path.read_bytes() != target.read_bytes():
                copied.append(f"{name.as_posix()} is newer in {milestone}, and stays here as it is: delete it to get "
                              "that one")
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, target)
            copied.append(name.as_posix())
    return copied
