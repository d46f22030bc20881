"""Excel files: the same facts as from text, each with its cell; what is not read is said; bombs do not go off."""

from __future__ import annotations

import datetime
import io
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from extract.errors import UnreadableFile
from extract.pipeline import read_document
from extract.readers.excel import package as package_module
from extract.readers.excel.document import WorkbookSource, read_excel_file
from extract.readers.excel.layout import Cell, clean_cell, lay_out
from extract.readers.excel.package import open_package
from tests.expected import expect
from tests.scoring import compare
from tests.workbooks import part_of, repack, saved, write_form

ROOT = Path(__file__).parents[1]
SHEET = "xl/worksheets/sheet1.xml"


def lines_of(cells: list[Cell]) -> list[str]:
    """Return the lines of a sheet as text."""
    return ["".join(text for text, _ in line) for line in lay_out(cells)]


def row(number: int, *cells: tuple[int, int, str]) -> list[Cell]:
    """Return the cells of one row: each its column, how many columns it spans, and its text."""
    return [Cell(row=number, column=column, columns=columns, text=text) for column, columns, text in cells]


def sheet_of(book: Workbook) -> Worksheet:
    """Return the first sheet."""
    assert isinstance(book.active, Worksheet)
    return book.active


def read(tmp_path: Path, data: bytes, name: str = "a.xlsx") -> WorkbookSource:
    """Write a workbook and read it."""
    (tmp_path / name).write_bytes(data)
    return read_excel_file(tmp_path / name)


def book_of(*rows: tuple[object, ...]) -> Workbook:
    """Return a workbook with these rows."""
    book = Workbook()
    for one in rows:
        sheet_of(book).append(one)
    return book


class TestLayout:
    """How cells become lines."""

    def test_a_selection_stands_before_its_options(self) -> None:
        """The value in brackets, then what could have been chosen, whatever rows they stand in."""
        cells = [
            Cell(row=0, column=0, columns=5, rows=3, text="③対象人数"),
            *row(0, (20, 5, "＜選択肢＞")),
            *row(1, (5, 1, "["), (6, 9, "1万人以上"), (15, 1, "]"), (20, 5, "1） 1万人未満")),
            *row(2, (20, 5, "2） 1万人以上")),
        ]
        assert lines_of(cells) == ["③対象人数\t[1万人以上] ＜選択肢＞ 1） 1万人未満 2） 1万人以上"]

    def test_boxes_over_several_rows_are_one_value(self) -> None:
        """With the names in the parentheses, which have cells of their own."""
        cells = [
            Cell(row=0, column=0, columns=5, rows=2, text="①入手元"),
            *row(0, (5, 1, "["), (6, 1, "○"), (7, 1, "]"), (8, 9, "本人")),
            *row(1, (5, 1, "["), (7, 1, "]"), (8, 9, "その他"), (17, 1, "（"), (18, 9, "国税庁"), (27, 1, "）")),
        ]
        assert lines_of(cells) == ["①入手元\t[○] 本人 [] その他 （国税庁）"]

    def test_labels_inside_a_label(self) -> None:
        """The shared label stands once; the rows below it begin with a tab."""
        cells = [
            Cell(row=0, column=0, columns=2, rows=2, text="再委託"),
            *row(0, (2, 5, "④再委託の有無"), (7, 1, "["), (8, 5, "再委託する"), (13, 1, "]")),
            *row(1, (2, 5, "⑤再委託の許諾方法"), (7, 9, "書面による")),
        ]
        assert lines_of(cells) == ["再委託\t④再委託の有無\t[再委託する]", "\t⑤再委託の許諾方法\t書面による"]

    def test_labels_without_values_stay_apart(self) -> None:
        """They are known by the columns of the others; a value never becomes one."""
        cells = [
            Cell(row=0, column=0, columns=2, rows=3, text="再委託"),
            *row(0, (2, 5, "④再委託の有無"), (7, 1, "["), (8, 5, "再委託しない"), (13, 1, "]")),
            *row(1, (2, 5, "⑤再委託の許諾方法")),
            *row(2, (2, 5, "⑥再委託事項")),
            *row(3, (0, 7, "①部署"), (7, 9, "福祉課")),
            *row(4, (0, 7, "②所属長の役職名")),
        ]
        assert lines_of(cells) == [
            "再委託\t④再委託の有無\t[再委託しない]",
            "\t⑤再委託の許諾方法\t",
            "\t⑥再委託事項\t",
            "①部署\t福祉課",
            "②所属長の役職名\t",
        ]

    def test_a_value_and_labels_in_one_label(self) -> None:
        """⑧使用方法 has a text of its own and rows with labels."""
        cells = [
            Cell(row=0, column=0, columns=5, rows=2, text="⑧使用方法"),
            *row(0, (5, 20, "窓口で用いる。")),
            *row(1, (5, 5, "情報の突合"), (10, 15, "氏名で突合する。")),
        ]
        assert lines_of(cells) == ["⑧使用方法\t窓口で用いる。", "\t情報の突合\t氏名で突合する。"]

    def test_columns_of_a_table_stay_apart(self) -> None:
        """Each cell of a row without brackets is a column, also where its text begins with one."""
        cells = row(0, (0, 5, "令和6年4月1日"), (5, 5, "②入手方法"), (10, 5, "[ ] 専用線"), (15, 5, "[○] 専用線"))
        assert lines_of(cells) == ["令和6年4月1日\t②入手方法\t[ ] 専用線\t[○] 専用線"]

    def test_a_row_without_label_begins_with_a_tab(self) -> None:
        """It goes on with what stands above; a heading ends that."""
        cells = [
            *row(0, (0, 5, "②事務の内容"), (5, 9, "前半")),
            *row(1, (5, 9, "後半")),
            *row(2, (0, 14, "2. 次の見出し")),
            *row(3, (5, 9, "見出しの下の文")),
        ]
        assert lines_of(cells) == ["②事務の内容\t前半", "\t後半", "2. 次の見出し", "見出しの下の文"]

    def test_rows_without_text_part_paragraphs(self) -> None:
        """One blank line, however many rows are empty; the lines of a lone cell stay lines."""
        assert lines_of([*row(0, (0, 9, "一\n二")), *row(5, (0, 9, "三"))]) == ["一", "二", "", "三"]

    def test_a_label_beside_two_rows_of_a_tall_value(self) -> None:
        """Cells that interlock are told in the order of reading, and nothing of them is lost."""
        cells = [
            *row(0, (0, 5, "①部署")),
            *row(1, (0, 5, "②所属長")),
            Cell(row=0, column=5, columns=5, rows=2, text="福祉課"),
        ]
        assert sorted("\t".join(lines_of(cells)).split()) == ["①部署", "②所属長", "福祉課"]

    @pytest.mark.parametrize("text", ["再\n委\n託", "再\n\n委\n 託 "])
    def test_an_upright_label_is_one_word(self, text: str) -> None:
        """Narrow columns print one character a line."""
        assert clean_cell(text) == "再委託"


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder for filled forms."""
    return tmp_path_factory.mktemp("forms")


class TestForms:
    """Filled forms as the official ones are drawn: many narrow merged columns."""

    @pytest.mark.parametrize("seed", [0, 1, 2])
    def test_a_form_gives_the_facts_that_were_filled_in(self, forms: Path, seed: int) -> None:
        """Of every kind of statement all, and no other; the three forms."""
        path, truth, plan = write_form(forms, seed)
        source = read_excel_file(path)
        tallies = compare(expect(truth, plan, source.text), read_document(source).facts)
        wrong = {kind: tally.misses for kind, tally in tallies.items() if tally.misses and kind != "incidents"}
        assert wrong == {}
        assert sum(tally.right for tally in tallies.values()) > 30

    def test_every_statement_tells_its_cell(self, forms: Path) -> None:
        """The cell holds the words that the evidence quotes."""
        path, _, _ = write_form(forms, 2)
        sheet = sheet_of(load_workbook(path))
        facts = read_document(read_excel_file(path)).facts
        cited = [one for fact in facts.each() for one in fact.evidence if one.cell is not None]
        assert len(cited) > 20
        for evidence in cited:
            name, _, cell = (evidence.cell or "").rpartition("!")
            assert name == sheet.title
            held = " ".join(str(sheet[cell].value).split())
            quoted = " ".join(evidence.quote.split())
            assert held.startswith(quoted.split("\t")[0].split(" ")[0][:8]) or quoted[:8] in held

    @pytest.mark.slow
    @pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice writes the old format")
    def test_the_old_format_reads_the_same(self, forms: Path) -> None:
        """Also a file that another program has written anew."""
        path, _, _ = write_form(forms, 5)
        for kind, made in (("xls", path), ("xlsx:Calc MS Excel 2007 XML", forms / "old" / f"{path.stem}.xls")):
            subprocess.run(
                ["soffice", "--headless", "--convert-to", kind, "--outdir", str(forms / "old"), str(made)],
                check=True,
                capture_output=True,
                env={"HOME": str(forms), "PATH": "/usr/bin:/bin"},
            )
        expected = read_excel_file(path).text
        assert read_excel_file(forms / "old" / f"{path.stem}.xls").text == expected
        assert read_excel_file(forms / "old" / f"{path.stem}.xlsx").text == expected


class TestValues:
    """What cells hold besides text."""

    def test_numbers_days_and_truths_are_told_as_they_look(self, tmp_path: Path) -> None:
        """A number of an assessment has no fraction; a day is one that the program knows."""
        book = book_of((48.0, 0.5, datetime.date(2025, 4, 1), True))
        assert read(tmp_path, saved(book)).text == "48\t0.5\t2025年4月1日\tTRUE\n"

    def test_the_result_of_a_formula_is_read(self, tmp_path: Path) -> None:
        """And never the formula, which could point anywhere."""
        data = saved(book_of(("x",)))
        xml = part_of(data, SHEET).replace(b"</row>", b'<c r="B1" t="str"><f>[1]Other!A1</f><v>known</v></c></row>')
        assert read(tmp_path, repack(data, {SHEET: xml})).text == "x\tknown\n"

    def test_reading_aids_are_left_out(self, tmp_path: Path) -> None:
        """Japanese Excel keeps how a name was typed beside it."""
        data = saved(book_of(("x",)))
        strings = (
            '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="1" uniqueCount="1"><si>'
            '<r><t>架空</t></r><r><t>市長</t></r><rPh sb="0" eb="2"><t>カクウ</t></rPh></si></sst>'
        )
        relations = part_of(data, "xl/_rels/workbook.xml.rels").replace(
            b"</Relationships>",
            b'<Relationship Id="rId9" Target="sharedStrings.xml" Type="http://schemas.openxmlformats.org/'
            b'officeDocument/2006/relationships/sharedStrings"/></Relationships>',
        )
        sheet = part_of(data, SHEET).replace(
            b'<c r="A1" t="inlineStr"><is><t>x</t></is></c>', b'<c r="A1" t="s"><v>0</v></c>'
        )
        parts = {"xl/sharedStrings.xml": strings.encode(), "xl/_rels/workbook.xml.rels": relations, SHEET: sheet}
        assert read(tmp_path, repack(data, parts)).text == "架空市長\n"

    def test_text_boxes_come_after_the_cells(self, tmp_path: Path) -> None:
        """With the cell at their corner as place; pictures are counted."""
        data = saved(book_of(("別添1",)))
        parts = {
            "xl/worksheets/_rels/sheet1.xml.rels": (
                b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
                b'Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing" '
                b'Target="../drawings/drawing1.xml"/></Relationships>'
            ),
            "xl/drawings/drawing1.xml": _DRAWING.encode(),
        }
        source = read(tmp_path, repack(data, parts))
        assert source.text == "別添1\n\n①住民は申請書を提出する。\n②市は決定する。\n"
        assert [place.cell for place in source.places] == ["Sheet!A1", "Sheet!C5", "Sheet!C5"]
        assert source.remarks == ("シート「Sheet」の画像 1 個は読まない",)


_DRAWING = """<xdr:wsDr xmlns:xdr="http://x/xdr" xmlns:a="http://x/a" xmlns:mc="http://x/mc">
<xdr:twoCellAnchor><xdr:from><xdr:col>2</xdr:col><xdr:row>4</xdr:row></xdr:from><mc:AlternateContent><mc:Choice>
<xdr:sp><xdr:txBody><a:p><a:r><a:t>①住民は申請書</a:t></a:r><a:r><a:t>を提出する。</a:t></a:r></a:p>
<a:p><a:r><a:t>②市は決定する。</a:t></a:r></a:p></xdr:txBody></xdr:sp></mc:Choice><mc:Fallback><xdr:sp><xdr:txBody>
<a:p><a:r><a:t>again</a:t></a:r></a:p></xdr:txBody></xdr:sp></mc:Fallback></mc:AlternateContent></xdr:twoCellAnchor>
<xdr:oneCellAnchor><xdr:from><xdr:col>0</xdr:col><xdr:row>0</xdr:row></xdr:from><xdr:pic/></xdr:oneCellAnchor>
</xdr:wsDr>"""


class TestWhatIsNotRead:
    """Hidden things are left out, and it is said."""

    def test_sheets_are_pages_and_hidden_ones_are_told(self, tmp_path: Path) -> None:
        """The order of the workbook; a sheet's name with a space is quoted as in a formula."""
        book = book_of(("一枚目",))
        book.create_sheet("二 枚目")["B2"] = "続き"
        book.create_sheet("リスト")["A1"] = "○"
        book["リスト"].sheet_state = "veryHidden"
        source = read(tmp_path, saved(book))
        assert source.text == "一枚目\n\f続き\n"
        assert [place.cell for place in source.places] == ["Sheet!A1", "'二 枚目'!B2"]
        assert source.remarks == ("シート「リスト」は非表示のため読まない",)

    def test_hidden_rows_and_columns_and_what_is_not_printed(self, tmp_path: Path) -> None:
        """Notes to whoever fills the form stand beside what is printed."""
        book = book_of(("見出し", "隠れた列", "値", "記入例"), ("隠れた行", "", ""), ("次", "", "値2"))
        sheet = sheet_of(book)
        sheet.column_dimensions["B"].hidden = True
        sheet.row_dimensions[2].hidden = True
        sheet.print_area = "A1:C9"
        source = read(tmp_path, saved(book))
        assert source.text == "見出し\t値\n\n次\t値2\n"
        assert source.remarks == ("シート「Sheet」の非表示または印刷範囲外のセル 3 個は読まない",)

    def test_a_merged_cell_counts_as_seen_if_any_of_it_is(self, tmp_path: Path) -> None:
        """Its text is shown in what is left of it."""
        book = book_of(("長い見出し",), ("値",))
        sheet_of(book).merge_cells("A1:C1")
        sheet_of(book).column_dimensions["A"].hidden = True
        assert read(tmp_path, saved(book)).text == "長い見出し\n"

    def test_a_print_area_that_is_computed_is_ignored(self, tmp_path: Path) -> None:
        """Rather all of the sheet than a wrong part."""
        book = book_of(("値",))
        sheet_of(book).defined_names["_xlnm.Print_Area"] = DefinedName("_xlnm.Print_Area", attr_text="OFFSET(X!A1,1,1)")
        assert read(tmp_path, saved(book)).text == "値\n"

    def test_macros_links_and_embedded_files_stay_behind(self) -> None:
        """What the reader of cells gets holds nothing but cells."""
        data = repack(
            saved(book_of(("x",))),
            {"xl/vbaProject.bin": b"macro", "xl/externalLinks/externalLink1.xml": b"<a/>", "xl/media/image1.png": b"?"},
        )
        with zipfile.ZipFile(open_package(data, "a.xlsx").packed()) as packed:
            kept = packed.namelist()
        assert not [name for name in kept if "vba" in name or "external" in name or "media" in name]


def test_a_workbook_without_text_is_told(tmp_path: Path) -> None:
    """Empty sheets, or hidden ones alone."""
    with pytest.raises(UnreadableFile, match="no sheet"):
        read(tmp_path, saved(Workbook()))


def _far_cell(data: bytes) -> bytes:
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    return repack(data, {SHEET: part_of(data, SHEET).replace(b"</sheetData>", far)})


def _entities(data: bytes) -> bytes:
    doctype = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;">]><worksheet'
    return repack(data, {SHEET: part_of(data, SHEET).replace(b"<worksheet", doctype, 1)})


def _huge_part(data: bytes) -> bytes:
    return repack(data, {"xl/worksheets/sheet9.xml": bytes(package_module.BOUNDS.one + 1)})


def _no_workbook(_: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("評価書.txt", "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_far_cell, "XFD1048576"),
        (_entities, "document type"),
        (_huge_part, "the limit is"),
        (_no_workbook, "no workbook"),
        (lambda data: data[: len(data) // 2], "damaged"),
        (lambda data: repack(data, {SHEET: b"<worksheet><sheetData><row>"}), "damaged"),
        (lambda data: repack(data, {"xl/workbook.xml": b"<workbook/>"}), "no sheet"),
        (
            lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "EncryptedPackage".encode("utf-16-le"),
            "password",
        ),
        (lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096), "cannot be read"),
        (lambda _: b"no workbook at all", "damaged"),
        (lambda _: b"", "empty"),
    ],
)
def test_bombs_and_ruins_are_told(tmp_path: Path, spoil: object, said: str) -> None:
    """Each is an error of ours that says what is wrong, in no time and without memory."""
    assert callable(spoil)
    with pytest.raises(UnreadableFile, match=said):
        read(tmp_path, spoil(saved(book_of(("x",)))))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """The error names the path."""
    with pytest.raises(UnreadableFile, match="No such file"):
        read_excel_file(tmp_path / "a.xlsx")


def test_the_process_for_old_files_keeps_to_its_memory() -> None:
    """It is a module that can be run, and says what it could not read by its exit code."""
    done = subprocess.run(
        [sys.executable, "-m", "extract.readers.excel.old"], input=b"x", cwd=ROOT, capture_output=True, check=False
    )
    assert done.returncode == 4
    assert done.stdout == b""
