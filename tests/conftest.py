"""Options and fixtures that several tests share, and the reasons for which a test is skipped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from viz.cli import main

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the option by which goldens change."""
    parser.addoption("--update-golden", action="store_true", help="write what the tests compare with; floors only rise")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs the real assessments where they are absent: they are not ours to publish."""
    if (SHARED / "score.py").exists():
        return
    absent = pytest.mark.skip(reason=f"no real assessments: {SHARED} is not there")
    for item in items:
        if item.get_closest_marker("real"):
            item.add_marker(absent)


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of the real assessments, their gold and its scorer."""
    return SHARED


@pytest.fixture(scope="session")
def update_golden(pytestconfig: pytest.Config) -> bool:
    """Tell whether the run is to write goldens instead of comparing with them."""
    return bool(pytestconfig.getoption("--update-golden"))


@pytest.fixture
def golden(update_golden: bool) -> Callable[[str, str], None]:
    """Return the check that a text equals the golden file of a name; one that is missing fails."""

    def check(name: str, text: str) -> None:
        path = GOLDEN / name
        if update_golden:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert path.exists(), f"no golden {path}: run pytest --update-golden and read what it wrote"
        assert text == path.read_text(encoding="utf-8")

    return check


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


@pytest.fixture
def mynaflow(capsys: pytest.CaptureFixture[str]) -> Callable[..., Told]:
    """Return the command line: words in, what it printed out."""

    def run(*words: object) -> Told:
        code = main([str(word) for word in words])
        said = capsys.readouterr()
        return Told(code=code, out=said.out, err=said.err)

    return run
