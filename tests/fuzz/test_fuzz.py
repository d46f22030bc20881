"""A share of the damaged files that ``python -m tests.fuzz`` reads, with every run of the tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.__main__ import read_all
from tests.fuzz.mutations import make_samples
from tests.fuzz.reading import READ, Trespass, read_damaged, watching

COUNT = 150


def test_damaged_files_do_no_harm() -> None:
    """No crash, no hang, nothing written; a good share is still read, and the rest refused with a reason."""
    tally = read_all(range(100_000, 100_000 + COUNT))
    assert tally.faults == []
    kinds = {f"{READ} {sample.ending}" for sample in make_samples()}
    assert kinds <= tally.outcomes.keys()
    assert tally.outcomes.total() == COUNT


def test_one_number_is_one_file(tmp_path: Path) -> None:
    """A finding can be looked at again."""
    assert len({read_damaged(7, tmp_path) for _ in range(2)}) == 1
    assert list(tmp_path.iterdir()) == []


def test_the_watch_sees_a_file_being_written(tmp_path: Path) -> None:
    """Else the check above would prove nothing."""
    with watching(), pytest.raises(Trespass):
        (tmp_path / "a.txt").write_text("", encoding="utf-8")
    with watching(), pytest.raises(Trespass):
        (tmp_path / "a").mkdir()
    (tmp_path / "a.txt").write_text("", encoding="utf-8")
