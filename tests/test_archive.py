"""ZIP archives of documents: bounded, named as Japanese Windows names them, read without a file on disk."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from pathlib import Path

import pytest

from extract.errors import UnreadableFile
from extract.readers.archive import Archive, Bounds
from graph.given import Given, find_members, is_there
from tests.documents import tabbed
from viz.cli import main
from viz.inputs import READERS, find_documents, read_given

SMALL = Bounds(members=3, one=1000, total=2000)


def packed(**members: bytes) -> io.BytesIO:
    """Return an archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    out.seek(0)
    return out


class TestBounds:
    """What an archive may cost."""

    @pytest.mark.parametrize(
        ("members", "said"),
        [
            ({str(number): b"x" for number in range(4)}, "holds 4 files"),
            ({"a": bytes(900), "b": bytes(900), "c": bytes(900)}, "inflates to 2,700 bytes"),
        ],
    )
    def test_too_much_is_told_before_anything_is_inflated(self, members: dict[str, bytes], said: str) -> None:
        """By the sums of the directory."""
        with pytest.raises(UnreadableFile, match=said):
            Archive(packed(**members), SMALL, "a.zip")

    def test_a_member_that_is_too_large_costs_only_itself(self) -> None:
        """The others can be read."""
        with Archive(packed(big=bytes(1500), small=b"x"), SMALL, "a.zip") as archive:
            big, small = archive.members
            with pytest.raises(UnreadableFile, match="big inflates"):
                archive.read(big)
            assert archive.read(small) == b"x"

    def test_a_directory_that_lies_inflates_no_further_than_it_says(self) -> None:
        """The declared size ends the reading, and the sum of the bytes does not fit it."""
        data = bytearray(packed(liar=bytes(1_000_000)).getvalue())
        for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
            at = data.index(signature) + offset
            data[at : at + 4] = struct.pack("<I", 10)
        with (
            Archive(io.BytesIO(data), SMALL, "a.zip") as archive,
            pytest.raises(UnreadableFile, match="damaged"),
        ):
            archive.read(archive.members[0])

    def test_a_member_without_a_name(self) -> None:
        """A damaged directory has one; it is no file."""
        data = packed(secret=b"x").getvalue().replace(b"secret", b"\x00ecret")
        with Archive(io.BytesIO(data), SMALL, "a.zip") as archive:
            assert archive.members == ()

    def test_a_member_with_a_password(self) -> None:
        """Is told, and what to do."""
        data = bytearray(packed(secret=b"x").getvalue())
        for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            data[data.index(signature) + offset] |= 1
        with Archive(io.BytesIO(data), SMALL, "a.zip") as archive, pytest.raises(UnreadableFile, match="encrypted"):
            archive.read(archive.members[0])

    @pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"no archive"])
    def test_what_is_no_archive(self, data: bytes) -> None:
        """Is told."""
        with pytest.raises(UnreadableFile, match="damaged"):
            Archive(io.BytesIO(data), SMALL, "a.zip")


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Return an archive with two assessments, and what programs and people put beside them."""
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as out:
        out.writestr("市/架空市.txt", tabbed())
        out.writestr("市/例示町.md", tabbed().replace("架空市", "例示町"))
        for name in ("__MACOSX/市/._架空市.txt", ".hidden.txt", "写真.png", "inner.zip", "市/.~lock.txt"):
            out.writestr(name, "x")
    return path


def test_its_documents_are_found(archive: Path) -> None:
    """Those that can be read, each with its place; archives inside of it are not opened."""
    found = list(find_members(archive, READERS))
    assert [(one.name, one.ending) for one in found] == [("架空市.txt", ".txt"), ("例示町.md", ".md")]
    assert str(found[0]) == f"{archive}!/市/架空市.txt"
    assert is_there(found[0].place)
    archive.unlink()
    assert not is_there(found[0].place)


def test_a_member_is_read_like_a_file(archive: Path, tmp_path: Path) -> None:
    """Also after it was handed to another machine; its name is its own."""
    (tmp_path / "a.txt").write_text(tabbed(), encoding="utf-8")
    plain = read_given(Given(path=tmp_path / "a.txt"))
    member = next(iter(find_members(archive, READERS)))
    for given in (member, member.with_data()):
        source = read_given(given)
        assert (source.text, source.sha256) == (plain.text, plain.sha256)
        assert (source.name, source.path) == ("架空市.txt", str(member))


def test_an_error_names_the_member(tmp_path: Path) -> None:
    """And not the place in memory from which it was read."""
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as out:
        out.writestr("leer.txt", "")
    with pytest.raises(UnreadableFile) as caught:
        read_given(next(iter(find_members(tmp_path / "a.zip", READERS))))
    assert caught.value.where.endswith("a.zip!/leer.txt")


def test_names_of_japanese_windows(tmp_path: Path) -> None:
    """They are written in CP932 without saying so."""
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as out:
        info = zipfile.ZipInfo("評価書.txt".encode("cp932").decode("cp437"))
        out.writestr(info, tabbed())
    data = (tmp_path / "a.zip").read_bytes()
    name = info.filename.encode()
    assert data.count(name) == 2
    plain = "評価書.txt".encode("cp932")
    assert len(plain) != len(name)
    (tmp_path / "b.zip").write_bytes(_with_plain_name(plain, tabbed().encode()))
    assert [one.name for one in find_members(tmp_path / "b.zip", READERS)] == ["評価書.txt"]


def _with_plain_name(name: bytes, content: bytes) -> bytes:
    """Return an archive of one stored member whose name is these bytes."""
    sizes = struct.pack("<IIIHH", zipfile.crc32(content), len(content), len(content), len(name), 0)
    local = struct.pack("<IHHHHH", 0x04034B50, 20, 0, 0, 0, 0) + sizes + name + content
    entry = (
        struct.pack("<IHHHHHH", 0x02014B50, 20, 20, 0, 0, 0, 0) + sizes + struct.pack("<HHHII", 0, 0, 0, 0, 0) + name
    )
    return local + entry + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 1, 1, len(entry), len(local), 0)


def test_a_build_reads_it(archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In a folder too; its members are unchanged the next time, whatever else was added."""
    words = [
        "build",
        str(archive.parent),
        "--store",
        str(tmp_path.parent / f"{tmp_path.name}-store"),
        "--format",
        "json",
    ]
    assert main(words) == 0
    assert {row["document"]: row["state"] for row in json.loads(capsys.readouterr().out)} == {
        "架空市.txt": "loaded",
        "例示町.md": "loaded",
    }
    with zipfile.ZipFile(archive, "a") as out:
        out.writestr("新.txt", tabbed().replace("架空市", "新しい村"))
    assert main(words) == 0
    assert {row["document"]: row["state"] for row in json.loads(capsys.readouterr().out)} == {
        "架空市.txt": "unchanged",
        "例示町.md": "unchanged",
        "新.txt": "loaded",
    }


def test_a_damaged_archive_fails_alone(archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Beside it everything is read, and its row says what is wrong."""
    (archive.parent / "broken.zip").write_bytes(archive.read_bytes()[:300])
    store = tmp_path.parent / f"{tmp_path.name}-store"
    assert main(["build", str(archive.parent), "--store", str(store), "--format", "json"]) == 1
    rows = {row["document"]: row for row in json.loads(capsys.readouterr().out)}
    assert rows["broken.zip"]["state"] == "failed"
    assert "damaged" in rows["broken.zip"]["note"]
    assert rows["架空市.txt"]["state"] == "loaded"


def test_an_archive_of_nothing(tmp_path: Path) -> None:
    """Is the user's mistake, like a folder of nothing."""
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as out:
        out.writestr("a.png", "x")
    with pytest.raises(UnreadableFile, match="no file here"):
        find_documents([tmp_path / "a.zip"])
