"""The commands build, ask and export, as a user runs them."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from graph.mapping import map_document
from graph.store import create_store
from tests.factories import make_evaluation, make_facts, make_flow, make_source
from tests.forms.corpus import write_corpus
from viz.cli import main
from viz.tables import FORMATS, print_rows, safe_cell

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with three filled forms, one of each kind, and a folder inside it."""
    folder = tmp_path_factory.mktemp("corpus")
    write_corpus(folder, "ocr", range(3), None)
    (folder / "inner").mkdir()
    next(folder.glob("*.txt")).rename(folder / "inner" / "first.txt")
    return folder


@pytest.fixture(scope="module")
def store(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store built of the corpus."""
    path = tmp_path_factory.mktemp("stores") / "s"
    assert main(["build", str(corpus), "--store", str(path), "--format", "json"]) == 0
    return path


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, object]]:
    """Return what a command prints as JSON."""
    capsys.readouterr()
    assert main([*words, "--format", "json"]) == 0
    found: list[dict[str, object]] = json.loads(capsys.readouterr().out)
    return found


class TestBuild:
    """mynaflow build."""

    def test_it_reads_folders_at_any_depth(self, store: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Every text file of the folder is a document of the store."""
        assert len(answer(capsys, "ask", "documents", "--store", str(store))) == 3

    def test_it_says_of_each_file_what_became_of_it(
        self, corpus: Path, store: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """A second build finds everything unchanged."""
        found = answer(capsys, "build", str(corpus), "--store", str(store))
        assert {row["state"] for row in found} == {"unchanged"}

    def test_again_reads_everything(self, corpus: Path, store: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """On request nothing is skipped, and the numbers of the documents are shown."""
        found = answer(capsys, "build", str(corpus), "--store", str(store), "--again")
        assert {row["state"] for row in found} == {"replaced"}
        assert all(isinstance(row["facts"], int) and row["facts"] > 5 for row in found)

    def test_one_bad_file_fails_alone(self, corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Exit code 1, a row that says why, and the others loaded."""
        good = next(corpus.glob("*.txt"))
        for name, content in (
            ("empty.txt", b""),
            ("noise.txt", "今日は晴れ。".encode()),
            ("binary.txt", b"\x00\xff\xfe\x9f" * 40),
        ):
            (tmp_path / name).write_bytes(content)
        words = ["build", str(good), str(tmp_path), "--store", str(tmp_path / "s"), "--format", "json"]
        assert main(words) == 1
        found = {row["document"]: row for row in json.loads(capsys.readouterr().out)}
        assert found[good.name]["state"] == "loaded"
        for name in ("empty.txt", "noise.txt", "binary.txt"):
            assert found[name]["state"] == "failed"
            assert found[name]["note"]

    def test_prune_takes_out_what_is_not_given(
        self, corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Without it the others stay and are counted."""
        path, one = str(tmp_path / "s"), str(next(corpus.glob("*.txt")))
        assert main(["build", str(corpus), "--store", path]) == 0
        capsys.readouterr()
        assert main(["build", one, "--store", path]) == 0
        assert "2 more" in capsys.readouterr().err
        assert main(["build", one, "--store", path, "--prune"]) == 0
        assert len(answer(capsys, "ask", "documents", "--store", path)) == 1

    @pytest.mark.parametrize("given", ["nowhere", "empty", "picture.png"])
    def test_what_cannot_be_read_is_the_users_mistake(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], given: str
    ) -> None:
        """No such path, a folder without a text, a file of another kind: said before or after, never a trace."""
        (tmp_path / "empty").mkdir()
        (tmp_path / "picture.png").write_bytes(b"\x89PNG")
        code = main(["build", str(tmp_path / given), "--store", str(tmp_path / "s")])
        said = capsys.readouterr()
        assert code == (1 if given == "picture.png" else 2)
        assert ".txt" in said.err + said.out or "no such" in said.err

    def test_a_store_that_is_a_file(self, corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Exit code 2 and three lines."""
        (tmp_path / "s").write_text("mine")
        assert main(["build", str(corpus), "--store", str(tmp_path / "s")]) == 2
        assert "to do:" in capsys.readouterr().err

    def test_the_table_is_readable_without_a_terminal(
        self, corpus: Path, store: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Plain lines on the error stream, the table on the other."""
        capsys.readouterr()
        assert main(["build", str(corpus), "--store", str(store)]) == 0
        said = capsys.readouterr()
        assert "3/3 unchanged" in said.err
        assert "document" in said.out

    def test_a_long_table_tells_what_changed(
        self, corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Of thousands of files those that are unchanged are only counted; other formats have them all."""
        monkeypatch.setattr("viz.commands.build._LONG_TABLE", 2)
        given, files = ["build", str(corpus), "--store", str(tmp_path / "s")], sorted(corpus.rglob("*.txt"))
        assert main(given[:1] + [str(one) for one in files[:2]] + given[2:]) == 0
        capsys.readouterr()
        assert main(given) == 0
        said = capsys.readouterr()
        assert files[2].name in said.out
        assert files[0].name not in said.out
        assert "unchanged 2" in said.err
        assert len(answer(capsys, *given)) == 3


class TestAsk:
    """mynaflow ask."""

    def test_alone_it_lists_the_questions(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Names with titles in Japanese and English, without any store."""
        assert main(["ask"]) == 0
        assert "systems" in (said := capsys.readouterr().out)
        assert "システムの一覧 / Systems" in said

    def test_a_question_describes_itself(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Its columns and parameters, with defaults."""
        assert main(["ask", "replaced", "--describe"]) == 0
        said = capsys.readouterr().out
        assert "longest (integer) [120]" in said
        assert "before (text)" in said

    def test_json_is_an_array_of_flat_objects(self, store: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Numbers are numbers, absent values null."""
        found = answer(capsys, "ask", "evaluations", "--store", str(store))
        assert len(found) == 3
        assert all(isinstance(row["line"], int) for row in found)

    def test_no_rows_are_an_empty_array(self, store: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """An answer without rows is still an answer."""
        assert answer(capsys, "ask", "systems", "-p", "document=none", "--store", str(store)) == []

    @pytest.mark.parametrize(("form", "sign"), [("csv", ","), ("tsv", "\t")])
    def test_separated_values_can_be_read_back(
        self, store: Path, capsys: pytest.CaptureFixture[str], form: str, sign: str
    ) -> None:
        """Signs inside cells stay inside; a row of TSV has its line for itself."""
        expected = answer(capsys, "ask", "flows", "--store", str(store))
        assert main(["ask", "flows", "--store", str(store), "--format", form]) == 0
        found = list(csv.DictReader(io.StringIO(capsys.readouterr().out, newline=""), delimiter=sign))
        assert len(found) == len(expected)
        assert found[0]["source"] == expected[0]["source"]

    @pytest.mark.parametrize(
        "words",
        [["sytems"], ["systems", "-p", "x=1"], ["systems", "-p", "document"], ["companies", "-p", "least=many"]],
    )
    def test_mistakes_are_told(self, store: Path, capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
        """Unknown question, unknown parameter, no value, a word for a number: exit code 2 and what to do."""
        assert main(["ask", *words, "--store", str(store)]) == 2
        assert "to do:" in capsys.readouterr().err

    def test_no_store(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """The error says how to make one."""
        assert main(["ask", "systems", "--store", str(tmp_path / "s")]) == 2
        assert "mynaflow build" in capsys.readouterr().err

    @pytest.mark.slow
    def test_a_small_question_takes_half_a_second(self, store: Path) -> None:
        """The whole process, imports included; the best of five, for other work may run beside."""
        words = [sys.executable, "-m", "viz.cli", "ask", "incidents", "--store", str(store), "--format", "json"]
        times = []
        for _ in range(5):
            start = time.perf_counter()
            subprocess.run(words, cwd=ROOT, check=True, capture_output=True, env=os.environ | {"PYTHONPATH": str(ROOT)})
            times.append(time.perf_counter() - start)
        assert min(times) < 0.5


class TestExport:
    """mynaflow export."""

    @pytest.fixture
    def small(self, tmp_path: Path) -> Path:
        """Return a store with one document whose names mean harm."""
        store = create_store(tmp_path / "s")
        facts = make_facts(flows=(make_flow("=cmd|' /C calc'!A1", "<script>\x00\x0b]]></script>", data='"\n\t,;'),))
        store.replace(map_document(facts, make_source("危険.txt"), version="1"))
        return tmp_path / "s"

    @pytest.mark.parametrize(
        ("form", "rdf"),
        [("nq", RdfFormat.N_QUADS), ("trig", RdfFormat.TRIG), ("jsonld", RdfFormat.JSON_LD), ("ttl", RdfFormat.TURTLE)],
    )
    def test_what_is_written_says_the_same(self, small: Path, tmp_path: Path, form: str, rdf: RdfFormat) -> None:
        """Reading it back gives the triples of the document."""
        out = tmp_path / f"out.{form}"
        assert main(["export", "--store", str(small), "--format", form, "--out", str(out)]) == 0
        facts = make_facts(flows=(make_flow("=cmd|' /C calc'!A1", "<script>\x00\x0b]]></script>", data='"\n\t,;'),))
        expected = set(map_document(facts, make_source("危険.txt"), version="1").triples)
        assert {quad.triple for quad in parse(path=str(out), format=rdf)} == expected

    @pytest.mark.parametrize("form", ["nq", "trig", "ttl", "jsonld", "graphml", "csv"])
    def test_the_same_store_gives_the_same_bytes(self, small: Path, form: str) -> None:
        """Twice the same, from processes of their own with other hash seeds."""
        found = []
        for seed in ("1", "2"):
            done = subprocess.run(
                [sys.executable, "-m", "viz.cli", "export", "--store", str(small), "--format", form],
                cwd=ROOT,
                check=True,
                capture_output=True,
                env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            )
            found.append(done.stdout)
        assert found[0] == found[1]
        assert found[0]

    def test_two_builds_of_the_same_files_give_the_same_quads(self, corpus: Path, tmp_path: Path) -> None:
        """The order in which files are given makes no difference."""
        files = sorted(map(str, corpus.rglob("*.txt")))
        found = []
        for number, given in enumerate((files, files[::-1])):
            store, out = str(tmp_path / f"s{number}"), tmp_path / f"{number}.nq"
            assert main(["build", *given, "--store", store]) == 0
            assert main(["export", "--store", store, "--out", str(out)]) == 0
            found.append(out.read_bytes())
        assert found[0] == found[1]

    def test_graphml_is_xml_with_flows_and_ticked_connections(self, small: Path, tmp_path: Path) -> None:
        """Characters that XML cannot hold are replaced, and no text becomes a tag."""
        out = tmp_path / "out.graphml"
        assert main(["export", "--store", str(small), "--format", "graphml", "--out", str(out)]) == 0
        space = "{http://graphml.graphdrawing.org/xmlns}"
        root = ET.parse(out).getroot()  # noqa: S314 -- the file was written by the line before
        assert len(root.findall(f".//{space}edge")) == 2
        assert any("<script>" in (one.text or "") for one in root.iter(f"{space}data"))

    def test_csv_holds_no_formula(self, small: Path, tmp_path: Path) -> None:
        """A cell that a spreadsheet would run gets an apostrophe."""
        out = tmp_path / "out.csv"
        assert main(["export", "--store", str(small), "--format", "csv", "--out", str(out)]) == 0
        with out.open(encoding="utf-8", newline="") as lines:
            cells = [cell for row in csv.reader(lines) for cell in row]
        assert "'=cmd|' /C calc'!A1" in cells
        assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]

    def test_one_document_and_the_vocabulary(self, small: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
        """A document alone, an unknown one, and the words that all use."""
        assert main(["export", "--store", str(small), "--document", "危険.txt"]) == 0
        assert main(["export", "--store", str(small), "--document", "b.txt"]) == 2
        capfdbinary.readouterr()
        assert main(["export", "--store", str(small), "--vocabulary"]) == 0
        assert b"concept/mark-yes" in capfdbinary.readouterr().out

    def test_a_place_that_cannot_be_written(
        self, small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """The error names the place, and nothing is left there."""
        assert main(["export", "--store", str(small), "--out", str(tmp_path / "no" / "x.nq")]) == 2
        assert "cannot write" in capsys.readouterr().err

    def test_where_files_were_read_stays_here(self, corpus: Path, store: Path, tmp_path: Path) -> None:
        """A graph that is handed on does not tell the folders of the machine."""
        out = tmp_path / "out.nq"
        assert main(["export", "--store", str(store), "--vocabulary", "--out", str(out)]) == 0
        assert str(corpus) not in out.read_text(encoding="utf-8")


class TestTables:
    """Cells that steer a terminal or a spreadsheet."""

    @pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "＝1", "＋1", "＠x", "\t=1", "\r=1", "\n=1", "  =1"])
    def test_formulas_are_neutralised(self, text: str) -> None:
        """Whatever a spreadsheet would take for a formula becomes text."""
        assert safe_cell(text) == f"'{text}"

    def test_a_row_of_tsv_is_a_line(self, capsys: pytest.CaptureFixture[str]) -> None:
        """What would end a cell or a line for cut, awk or sort becomes a space; CSV keeps the words."""
        row = ("甲\t乙\r\n丙\u2028丁", "\n=1", 3, None)
        print_rows("tsv", ["a", "b", "c", "d"], [row])
        assert capsys.readouterr().out == "a\tb\tc\td\n甲 乙 丙 丁\t' =1\t3\t\n"
        print_rows("csv", ["a", "b", "c", "d"], [row])
        assert next(csv.reader(io.StringIO(capsys.readouterr().out.partition("\n")[2], newline="")))[0] == row[0]

    def test_a_table_shows_no_control_character(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Escape sequences, carriage returns and markup of the printer stay what they are."""
        print_rows("table", ["a", "b"], [("\x1b[31m赤\x07\u202e", "[bold]太[/bold]")])
        said = capsys.readouterr().out
        assert not set(said) & set("\x1b\x07\u202e\r")
        assert "[bold]太[/bold]" in said

    def test_a_narrow_terminal_gets_one_block_for_each_row(self) -> None:
        """Many columns side by side would be a letter wide; empty ones are left out."""

        class Terminal(io.StringIO):
            def isatty(self) -> bool:
                return True

        out = Terminal()
        names = [f"column{number}" for number in range(9)]
        FORMATS["table"](names, [(*range(8), None), (*"abcdefgh", None)], out)
        said = out.getvalue()
        assert "column7" in said
        assert "column8" not in said
        assert "│" not in said

    def test_a_document_whose_number_is_anything(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Names that would be SPARQL stay names on the way through."""
        store = create_store(tmp_path / "s")
        name = '"} } ; DROP ALL #'
        store.replace(map_document(make_facts(evaluation=make_evaluation(number=name)), make_source(), version="1"))
        del store
        (row,) = answer(capsys, "ask", "evaluations", "--store", str(tmp_path / "s"))
        assert row["number"] == name
