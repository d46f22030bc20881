"""The kept texts of documents: whole or absent, and the same as were read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.source import Source, source_of_text
from graph.texts import drop_text, find_text, keep_text


@given(text=st.text(max_size=200))
def test_a_text_comes_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """Every character keeps its place, whatever it is."""
    store, source = tmp_path_factory.mktemp("store"), source_of_text(text)
    keep_text(store, source)
    assert find_text(store, source.sha256) == text


def test_the_same_bytes_read_anew_replace_the_text(tmp_path: Path) -> None:
    """A newer reader's text stands for the file, and nothing else is left in the folder."""
    keep_text(tmp_path, Source(name="a.pdf", text="前の読み", sha256="0" * 64))
    keep_text(tmp_path, Source(name="a.pdf", text="新しい読み", sha256="0" * 64))
    assert find_text(tmp_path, "0" * 64) == "新しい読み"
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_a_failed_writing_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the new text cannot be put in place the old one stays, and no draft is left."""
    source = source_of_text("架空市")
    keep_text(tmp_path, source)

    def fail(*_: object) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="no space"):
        keep_text(tmp_path, Source(name="a.txt", text="別", sha256=source.sha256))
    assert find_text(tmp_path, source.sha256) == "架空市"
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_what_is_no_hash_names_no_file(tmp_path: Path) -> None:
    """A hash that is none neither reads nor writes nor removes anything."""
    (tmp_path / "texts").mkdir()
    keep_text(tmp_path, Source(name="a.txt", text="x", sha256="../../x"))
    assert find_text(tmp_path, "../../x") is None
    drop_text(tmp_path, "../../x")
    assert not list((tmp_path / "texts").iterdir())


@pytest.mark.parametrize("damage", [b"", b"no gzip", b"\x1f\x8b\x08\x00"], ids=["empty", "other", "cut"])
def test_a_damaged_text_is_none(tmp_path: Path, damage: bytes) -> None:
    """What cannot be unpacked is not shown."""
    source = source_of_text("架空市")
    keep_text(tmp_path, source)
    next(tmp_path.rglob("*.gz")).write_bytes(damage)
    assert find_text(tmp_path, source.sha256) is None


def test_a_text_can_be_dropped(tmp_path: Path) -> None:
    """A document that leaves the store takes its text along."""
    source = source_of_text("架空市")
    keep_text(tmp_path, source)
    drop_text(tmp_path, source.sha256)
    drop_text(tmp_path, source.sha256)
    assert find_text(tmp_path, source.sha256) is None
