"""What is packaged; ``make wheel`` builds the wheel itself and uses it."""

from __future__ import annotations

import tomllib
from importlib.metadata import entry_points
from pathlib import Path

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PACKAGES = ("ontology", "extract", "graph", "queries", "viz")


def test_every_data_file_is_packaged() -> None:
    """Each file of a package that is no Python module is named by its package data."""
    patterns = PROJECT["tool"]["setuptools"]["package-data"]
    for package in PACKAGES:
        folder = ROOT / package
        packaged = {path for pattern in patterns[package] for path in folder.glob(pattern)}
        files = {path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts}
        assert {path for path in files if path.suffix != ".py"} - packaged == set()


def test_only_the_packages_are_found() -> None:
    """The tests are not part of the distribution, and every package has its marker of types."""
    included = PROJECT["tool"]["setuptools"]["packages"]["find"]["include"]
    assert {name.removesuffix(".*") for name in included} == set(PACKAGES)
    assert all((ROOT / name / "py.typed").is_file() for name in PACKAGES)


def test_the_command_is_installed() -> None:
    """The command ``mynaflow`` starts the command line."""
    (script,) = entry_points(group="console_scripts", name="mynaflow")
    assert script.load().__name__ == "main"


def test_the_licence_is_the_one_named() -> None:
    """The licence's text is that of the licence named in the project's metadata."""
    assert PROJECT["project"]["license"] == "Apache-2.0"
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "Version 2.0, January 2004" in text
