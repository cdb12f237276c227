"""What libraries work out once for each machine, carried into a sandbox so that not every kernel does it anew.

matplotlib looks for fonts for half a second; what librosa compiles by numba takes twenty.
"""

import hashlib
import importlib.util
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path

FONTS = ".config/matplotlib"
NUMBA = ".cache/numba"


def fonts(environment: Mapping[str, str]) -> dict[str, bytes]:
    """Return matplotlib's lists of fonts, by their path in a sandbox's home."""
    home = environment.get("MPLCONFIGDIR") or Path(
        environment.get("XDG_CACHE_HOME") or Path(environment.get("HOME") or "/", ".cache"), "matplotlib")
    return {f"{FONTS}/{path.name}": path.read_bytes() for path in Path(home).glob("fontlist-*.json") if path.is_file()}


@cache
def compiled() -> dict[str, str]:
    """Return links, by their path in a sandbox's home, to what numba has compiled of librosa.

    numba keeps it beside the source if it may write there, which nobody may in a sandbox. In a folder of its own, it
    looks for the name and the SHA-1 of the source's folder.
    """
    spec = importlib.util.find_spec("librosa")
    folders = spec.submodule_search_locations if spec and spec.submodule_search_locations else []
    links = {}
    for path in (path for folder in folders for path in Path(folder).rglob("__pycache__/*.nb[ic]")):
        source = str(path.parent.parent)
        name = f"{os.path.basename(source)}_{hashlib.sha1(source.encode()).hexdigest()}"
        links[f"{NUMBA}/{name}/{path.name}"] = str(path)
    return links
