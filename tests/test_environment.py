"""pyproject.toml, requirements.lock and environment.yml describe one environment, and it is the installed one."""

import re
import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
DECLARED = [Requirement(line) for group in [PROJECT["dependencies"], *PROJECT["optional-dependencies"].values()]
            for line in group]
LOCKED = [Requirement(line.rstrip(" \\")) for line in (ROOT / "requirements.lock").read_text().splitlines()
          if re.match(r"[a-z]", line)]


def pins_here() -> dict[str, str]:
    """Return the lock's pins for this Python and system: name -> version."""
    return {canonicalize_name(pin.name): next(iter(pin.specifier)).version for pin in LOCKED
            if pin.marker is None or pin.marker.evaluate()}


@pytest.mark.parametrize("requirement", DECLARED, ids=str)
def test_lock_satisfies_pyproject(requirement):
    assert requirement.specifier.contains(pins_here()[canonicalize_name(requirement.name)])


def test_lock_pins_every_package_with_hashes():
    text = (ROOT / "requirements.lock").read_text()
    assert all(str(pin.specifier).startswith("==") for pin in LOCKED)
    assert len(re.findall(r"^[a-z].* \\\n    --hash=sha256:", text, re.MULTILINE)) == len(LOCKED)
    assert "://" not in text  # names of packages only: an institution's own index serves them as well


def test_installed_versions_are_the_locked_ones():
    installed = {}
    for name in pins_here():
        try:
            installed[name] = version(name)
        except PackageNotFoundError:
            assert name == "pesq", f"{name} is locked, but not installed"
    assert installed == {name: pin for name, pin in pins_here().items() if name in installed}


def test_conda_environment_takes_everything_but_python_from_the_lock():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text())
    *from_conda, from_pip = environment["dependencies"]
    assert "-r requirements.lock" in from_pip["pip"]
    assert {entry.split("=")[0] for entry in from_conda} == {"python", "pip", "c-compiler"}
    (python,) = [entry.split("=")[1] for entry in from_conda if entry.startswith("python=")]
    assert Requirement(f"python{PROJECT['requires-python']}").specifier.contains(python)


def test_torch_and_torchaudio_are_the_matching_pair():
    assert pins_here()["torch"] == pins_here()["torchaudio"] == "2.11.0"
