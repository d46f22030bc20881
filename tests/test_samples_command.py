"""``mynaflow samples``: the shipped documents, written where the user says and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.conftest import ROOT, Told

Run = Callable[..., Told]
SAMPLES = ROOT / "extract" / "samples"


def test_every_sample_is_written_as_shipped(mynaflow: Run, tmp_path: Path) -> None:
    """The folder is made, each file is told, its bytes are those of the package."""
    folder = tmp_path / "new" / "samples"
    told = mynaflow("samples", folder)
    written = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert told.code == 0
    assert written == {path.name: path.read_bytes() for path in SAMPLES.glob("*.txt")}
    assert told.out.split() == [str(folder / name) for name in sorted(written)]


def test_writing_again_changes_nothing(mynaflow: Run, tmp_path: Path) -> None:
    """The same files are no obstacle."""
    assert mynaflow("samples", tmp_path).code == 0
    assert mynaflow("samples", tmp_path).code == 0


def test_a_file_of_the_same_name_is_kept(mynaflow: Run, tmp_path: Path) -> None:
    """The user's own file is not overwritten."""
    mine = tmp_path / min(SAMPLES.glob("*.txt")).name
    mine.write_text("mine")
    told = mynaflow("samples", tmp_path)
    assert (told.code, mine.read_text()) == (2, "mine")
    assert mine.name in told.err


def test_a_folder_that_cannot_be_made(mynaflow: Run, tmp_path: Path) -> None:
    """A file in the way is told, with what to do."""
    (tmp_path / "file").write_text("")
    told = mynaflow("samples", tmp_path / "file")
    assert told.code == 2
    assert "to do" in told.err
