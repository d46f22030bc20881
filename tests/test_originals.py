"""One assessment as a workbook, as PDF, and as the texts that are taken out of it: the originals say the same.

What the texts lose is counted in a table: rows that they lack, rows that differ, boxes that they leave unclear.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from extract.facts import Facts, Mark
from extract.pipeline import read_document
from tests.floors import below_floor
from tests.forms.dump import convert_to_pdf, dump_layout, dump_scrambled, dump_stream
from tests.forms.fill import draw_form
from tests.forms.layout import lay_out
from tests.forms.plan import draw_plan
from tests.forms.render_ocr import render_ocr
from tests.forms.render_plain import render_plain
from tests.forms.render_xlsx import write_workbook
from tests.forms.ruling import draw_ruling
from tests.scoring import Key, rows_of
from viz.inputs import read_file

SEEDS = (201, 202, 203)
"""One of each form, which no rule was written against."""
ORIGINALS = ("xlsx", "pdf")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not all(map(shutil.which, ("soffice", "pdftotext"))), reason="soffice and pdftotext are not installed"
    ),
]

Rows = dict[tuple[str, Key], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What one shape says against the workbook, in rows."""

    same: int
    lacking: tuple[str, ...]
    other: tuple[str, ...]
    more: tuple[str, ...]
    unclear: int

    @property
    def share(self) -> float:
        """How much of what the workbook says is said."""
        return self.same / max(1, self.same + len(self.lacking) + len(self.other))

    def __str__(self) -> str:
        counts = (self.same, len(self.lacking), len(self.other), len(self.more), self.unclear)
        return "".join(f"{count:9}" for count in counts) + f"{self.share:9.1%}"


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Facts]]:
    """Return what is read of each assessment in each shape."""
    folder = tmp_path_factory.mktemp("originals")
    truths = [draw_form(seed) for seed in SEEDS]
    books = [folder / f"{truth.seed}.xlsx" for truth in truths]
    for truth, book in zip(truths, books, strict=True):
        write_workbook(book, lay_out(truth), draw_ruling(truth.seed))
    pages = convert_to_pdf(books, folder)
    texts = {
        "plain": [render_plain(lay_out(truth)) for truth in truths],
        "layout": [dump_layout(page) for page in pages],
        "pdftotext": [dump_stream(page) for page in pages],
        "pdfminer": [
            dump_scrambled(page, draw_ruling(truth.seed).exchanged) for page, truth in zip(pages, truths, strict=True)
        ],
        "ocr": [_recognised(seed) for seed in SEEDS],
    }
    return {
        "xlsx": [_facts_of(book) for book in books],
        "pdf": [_facts_of(page) for page in pages],
        **{shape: [_facts_of(_saved(folder, shape, text)) for text in found] for shape, found in texts.items()},
    }


def _saved(folder: Path, shape: str, text: str) -> Path:
    path = folder / f"{shape}.txt"
    path.write_text(text, encoding="utf-8")
    return path


def _facts_of(path: Path) -> Facts:
    return read_document(read_file(path)).facts


def _recognised(seed: int) -> str:
    """Return the text as recognised, with its damages but no page missing."""
    truth = draw_form(seed)
    plan = draw_plan(truth.seed, 0)
    return render_ocr(lay_out(truth), type(plan)(seed=plan.seed, damages=plan.damages))


def test_the_originals_say_the_same_and_the_texts_nearly(
    said: Mapping[str, list[Facts]], capsys: pytest.CaptureFixture[str], update_golden: bool
) -> None:
    """Of every row; the table of differences is printed, and no share falls that was reached."""
    found = {shape: difference(said["xlsx"], facts) for shape, facts in said.items()}
    with capsys.disabled():
        columns = ("same", "lacking", "other", "more", "unclear", "share")
        table = [f"{'shape':10}" + "".join(f"{name:>9}" for name in columns)]
        sys.stdout.write("\n".join(["", *table, *(f"{shape:10}{one}" for shape, one in found.items()), ""]))
    for shape in ORIGINALS:
        assert (found[shape].lacking, found[shape].other, found[shape].more) == ((), (), ())
    shares = {shape: one.share for shape, one in found.items()}
    assert below_floor("originals", shares, update=update_golden) == []


def test_no_text_is_clearer_than_the_original(said: Mapping[str, list[Facts]]) -> None:
    """Which box the ring stands in, the page shows plainly."""
    unclear = {shape: sum(map(unclear_marks, facts)) for shape, facts in said.items()}
    assert unclear["xlsx"] == unclear["pdf"] == 0
    assert all(unclear[shape] > 0 for shape in ("layout", "pdftotext", "pdfminer", "ocr"))


def test_no_text_ticks_what_the_original_leaves(said: Mapping[str, list[Facts]]) -> None:
    """A wrong yes is worse than an unclear one."""
    for shape, facts in said.items():
        other = difference(said["xlsx"], facts).other
        assert [row for row in other if row.endswith("no → yes")] == [], shape


def difference(wanted: list[Facts], found: list[Facts]) -> Difference:
    """Compare what is said of the same assessments in two shapes."""
    ours, theirs = _rows(wanted), _rows(found)
    both = ours.keys() & theirs.keys()
    return Difference(
        same=sum(ours[key] == theirs[key] for key in both),
        lacking=tuple(map(str, sorted(ours.keys() - both))),
        other=tuple(f"{key}: {ours[key]} → {theirs[key]}" for key in sorted(both) if ours[key] != theirs[key]),
        more=tuple(map(str, sorted(theirs.keys() - both))),
        unclear=sum(map(unclear_marks, found)),
    )


def _rows(documents: list[Facts]) -> Rows:
    return dict(_numbered(documents))


def _numbered(documents: list[Facts]) -> Iterator[tuple[tuple[str, Key], str]]:
    for number, facts in enumerate(documents):
        yield from (((kind, (str(number), *key)), value) for kind, key, value in rows_of(facts))


def unclear_marks(facts: Facts) -> int:
    """Count the boxes whose state is unclear."""
    marks = (getattr(fact, "mark", None) for fact in facts.each())
    return sum(mark is not None and mark.state is Mark.UNCLEAR for mark in marks)
