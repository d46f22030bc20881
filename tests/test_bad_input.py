"""What users really give: empty, broken, giant, hostile and cut files. Each costs only itself and says why."""

from __future__ import annotations

import json
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from extract.facts import FlowKind, Mark
from tests.conftest import Told
from tests.documents import facts_of, plain, read, swap, tabbed
from tests.evidence import misquoted

Run = Callable[..., Told]
LIMIT = 3.0
"""Seconds of processor time that any text of 100,000 characters may cost."""
LONG, SHORT = 100_000, 5_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with one good assessment."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "good.txt").write_text(tabbed(), encoding="utf-8")
    return folder


@pytest.fixture
def build(mynaflow: Run, tmp_path: Path) -> Callable[[Path], tuple[int, dict[str, dict[str, Any]]]]:
    """Return the command build: a folder in, the exit code and what became of each file out."""

    def run(folder: Path) -> tuple[int, dict[str, dict[str, Any]]]:
        told = mynaflow("build", folder, "--store", tmp_path / "store", "--format", "json")
        return told.code, {row["document"]: row for row in json.loads(told.out)}

    return run


Build = Callable[[Path], tuple[int, dict[str, dict[str, Any]]]]


class TestFiles:
    """Bytes that are no assessment, or not plainly one."""

    @pytest.mark.parametrize(
        ("data", "word"),
        [
            pytest.param(b"", "empty", id="空のファイル"),
            pytest.param(b"\n\n", "empty", id="改行だけ"),
            pytest.param("庁舎は休みです。".encode(), "no 特定個人情報保護評価書", id="お知らせ"),
            pytest.param("特定個人情報保護評価書を公表した。".encode(), "no 特定個人情報保護評価書", id="評価書の話"),
            pytest.param(b"%PDF-1.7\nstream", "PDF", id="PDF"),
            pytest.param(bytes(range(128, 256)) * 40, "position", id="読めないバイト"),
        ],
    )
    def test_a_bad_file_fails_alone(self, folder: Path, build: Build, data: bytes, word: str) -> None:
        """It loads nothing and says why; the others load."""
        (folder / "bad.txt").write_bytes(data)
        code, rows = build(folder)
        assert code == 1
        assert (rows["good.txt"]["state"], rows["bad.txt"]["state"]) == ("loaded", "failed")
        assert word in rows["bad.txt"]["note"]

    @pytest.mark.parametrize("encoding", ["cp932", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
    def test_encodings_are_told_apart(self, mynaflow: Run, folder: Path, encoding: str) -> None:
        """The same assessment in another encoding states the same."""
        path = folder / "other.txt"
        path.write_bytes(tabbed().encode(encoding))
        first, second = json.loads(mynaflow("read", folder, "--json").out)
        assert first["facts"] == second["facts"]

    def test_a_broken_byte_is_named(self, folder: Path, build: Build) -> None:
        """The position of the first byte that cannot be read."""
        data = tabbed().encode()
        (folder / "bad.txt").write_bytes(data[:500] + b"\xff" + data[500:])
        _, rows = build(folder)
        assert str(500 - _overhang(data[:500])) in rows["bad.txt"]["note"]

    def test_a_giant_is_refused(self, folder: Path, build: Build) -> None:
        """Fifty megabytes: refused at once, and the others load."""
        self._giant(folder)
        begun = time.process_time()
        _, rows = build(folder)
        assert "too large" in rows["giant.txt"]["note"]
        assert rows["good.txt"]["state"] == "loaded"
        assert time.process_time() - begun < LIMIT

    def test_a_giant_takes_no_memory(self, mynaflow: Run, folder: Path) -> None:
        """Its size is asked before its bytes are read."""
        giant = self._giant(folder)
        tracemalloc.start()
        told = mynaflow("read", giant)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert (told.code, peak < 10_000_000) == (1, True)

    def _giant(self, folder: Path) -> Path:
        path = folder / "giant.txt"
        with path.open("wb") as file:
            file.truncate(50_000_000)
        return path

    def test_a_folder_without_readable_file(self, mynaflow: Run, tmp_path: Path) -> None:
        """It says which files can be read."""
        (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff")
        told = mynaflow("build", tmp_path, "--store", tmp_path / "store")
        assert told.code == 2
        assert ".txt" in told.err
        assert not (tmp_path / "store").exists()

    def test_a_path_that_is_not_there(self, mynaflow: Run, tmp_path: Path) -> None:
        """A misspelt path is told."""
        told = mynaflow("read", tmp_path / "none.txt")
        assert told.code == 2
        assert "none.txt" in told.err

    def test_a_document_twice(self, folder: Path, build: Build) -> None:
        """The copy is told, not loaded."""
        (folder / "copy.txt").write_text(tabbed(), encoding="utf-8")
        code, rows = build(folder)
        assert code == 0
        assert {row["state"] for row in rows.values()} == {"loaded", "duplicate"}

    def test_a_document_cut_in_a_table(self, folder: Path, build: Build) -> None:
        """What is there is loaded, and the cut is a gap."""
        text = tabbed()
        (folder / "cut.txt").write_text(text[: text.index("専門の技術")], encoding="utf-8")
        _, rows = build(folder)
        assert rows["cut.txt"]["state"] == "loaded"
        assert rows["cut.txt"]["gaps"] > rows["good.txt"]["gaps"]


def _overhang(data: bytes) -> int:
    """Return how many bytes of an unfinished character stand at the end."""
    return next(at for at in range(4) if _decodes(data[: len(data) - at]))


def _decodes(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


class TestHostileText:
    """Words that mean something to a browser, a terminal or an editor."""

    @pytest.mark.parametrize(
        "name",
        [
            "架空<script>alert(1)</script>システム",
            '架空"><img src=x onerror=alert(1)>システム',
            "架空'; DROP GRAPH <x>システム",
            "架空\\u0041<b>太い</b>システム",
            "架空\u202e逆さ\u2066システム",
        ],
    )
    def test_a_name_is_a_name(self, mynaflow: Run, tmp_path: Path, name: str) -> None:
        """It is stored and asked for as text; a picture of it runs nothing."""
        path, store, page = tmp_path / "a.txt", tmp_path / "store", tmp_path / "page.html"
        prose = f"{name}から架空証明システムへ税額を送信する。"
        text = tabbed(
            systems=swap("systems", "架空税務システム", name),
            business=swap("business", "住民の申告を受け付け、税額を計算する。", prose),
        )
        path.write_text(text, encoding="utf-8")
        assert mynaflow("build", path, "--store", store).code == 0
        rows = json.loads(mynaflow("ask", "systems", "--store", store, "--format", "json").out)
        assert any("システム" in row["system"] and row["no"] == 1 for row in rows)
        assert mynaflow("view", "架空市", "--store", store, "--out", page).code in (0, 2)
        shown = page.read_text(encoding="utf-8") if page.exists() else ""
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown

    @pytest.mark.parametrize(
        "change",
        [
            pytest.param(lambda text: text.replace("\n\n", "\n\x00\n"), id="NUL"),
            pytest.param(lambda text: text.replace("\n", "\r"), id="lone CR"),
            pytest.param(lambda text: text.replace("\n", "\r\n"), id="CR LF"),
            pytest.param(lambda text: text.replace("\n\n", "\n\x0c\n"), id="form feeds"),
            pytest.param(lambda text: text.replace("事務", "事\u200b務"), id="zero width space"),
            pytest.param(lambda text: "\ufeff" + text, id="byte order mark"),
        ],
    )
    def test_signs_that_print_nothing(self, mynaflow: Run, tmp_path: Path, change: Callable[[str], str]) -> None:
        """The boxes are read as in the clean text, and every quote stands in the file."""
        path = tmp_path / "a.txt"
        path.write_bytes(change(tabbed()).encode())
        told = mynaflow("read", path, "--json")
        assert told.code == 0
        (found,) = json.loads(told.out)
        states = [one["mark"]["state"] for one in found["facts"]["media"]]
        assert states == [one.mark.state for one in facts_of(tabbed()).media]

    def test_a_line_of_ten_thousand_characters(self) -> None:
        """A cell may be as long as it likes; what is quoted of it is not."""
        long = "住民の申告を受け付ける。" * 900
        reading = read(tabbed(business=swap("business", "住民の申告を受け付け、税額を計算する。", long)))
        assert misquoted(reading) == []
        assert reading.facts.evaluation.business == "架空市民税に関する事務"
        assert all(len(one.quote) <= 200 for fact in reading.facts.each() for one in fact.evidence)


LAYOUT = ("[", "]", "[ ○ ]\n", "○\n", "|", "\t", " ", "\n", "\x0c", "---", "<a ", "<p>")
LABELS = (
    "委託事項1\n①委託内容\t甲\n", "システム1\n①システムの名称\t甲\n", "提供先1\t", "①入手元 [○] 本人又は本人の代理人 ",
    "Ⅱ 特定個人情報ファイルの概要\n", "(別添3)変更箇所\n", "令和6年4月1日\t", "10人未満]", "その他（",
)  # fmt: skip
WORDS = (
    "（", ")", "「", "（以下「", "&lt;", "1、", "９", "①", "第9条、", "番号法別表第二の1、", "の項", "別紙1を参照", "法",
    "ー", "・", "、", "。", "あ", "から", "甲システムから乙システムへ情報を送信する", "に再委託する", "場所に保管",
)  # fmt: skip


class TestBoundedTime:
    """Much of one thing: no way of reading grows much faster than the text."""

    @pytest.mark.parametrize("filler", [*LAYOUT, *LABELS], ids=repr)
    def test_in_a_cell(self, filler: str) -> None:
        """As the text of an item, in a table."""
        self._read(_in_a_cell(filler * (SHORT // len(filler))), LIMIT / 2)

    @pytest.mark.parametrize("filler", [*LAYOUT, *WORDS], ids=repr)
    def test_on_a_page(self, filler: str) -> None:
        """As the text of an item, in a raw text, with a word behind it that fits nothing."""
        text = filler * (SHORT // len(filler)) + "終"
        self._read(plain(get=swap("get", "年に一度の申告の時期", text)), LIMIT / 2)

    @pytest.mark.parametrize("filler", ["[", "9", "①委託内容\n"], ids=repr)
    def test_a_hundred_kilobytes(self, filler: str) -> None:
        """Of brackets, digits, or one label."""
        self._read(_in_a_cell(filler * (LONG // len(filler))), LIMIT)

    def _read(self, text: str, limit: float) -> None:
        begun = time.process_time()
        reading = read(text)
        spent = time.process_time() - begun
        assert misquoted(reading) == []
        assert spent < limit


def _in_a_cell(text: str) -> str:
    return tabbed(business=swap("business", "住民の申告を受け付け、税額を計算する。", text))


def test_a_flood_of_boxes_ticks_nothing_else() -> None:
    """Ten thousand ticked boxes in the prose do not tick those of the form."""
    flood = "[○] 電子メール [○] フラッシュメモリ " * 200
    facts = facts_of(tabbed(get=swap("get", "年に一度の申告の時期", flood)))
    media = {one.medium: one.mark.state for one in facts.media if one.of is FlowKind.ACQUISITION}
    assert media["電子メール"] is media["フラッシュメモリ"] is Mark.NO
