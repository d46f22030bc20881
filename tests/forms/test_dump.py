"""The dumps of printed forms suffer the damage for which they are made."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.forms.dump import convert_to_pdf, dump_layout, dump_scrambled
from tests.forms.fill import draw_form
from tests.forms.layout import lay_out
from tests.forms.places import squeeze
from tests.forms.render_xlsx import write_workbook
from tests.forms.ruling import Ruling

if TYPE_CHECKING:
    from pathlib import Path

TORN = Ruling(unit=6.0, label=17, mark=2, wide_marks=6, mark_side="left", size=8.5, glued=True, glued_later=True)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice prints the forms"),
]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the PDF of a form whose later marks stand wide apart."""
    folder = tmp_path_factory.mktemp("printed")
    book = folder / "form.xlsx"
    write_workbook(book, lay_out(draw_form(1, "重点項目")), TORN)
    return convert_to_pdf([book], folder)[0]


def test_marks_are_torn(printed: Path) -> None:
    """A ring stays behind at the end of a line, its label begins another."""
    text = dump_scrambled(printed)
    assert re.search(r"\[ ○$", text, re.MULTILINE)
    assert re.search(r"^\] \S", text, re.MULTILINE)


def test_pages_show_as_a_space(printed: Path) -> None:
    """Of a page break nothing is left but a second space before the label."""
    text = dump_scrambled(printed)
    assert "\f" not in text
    assert re.search(r"^  \S", text, re.MULTILINE)


def test_exchanged_stretches_lose_nothing(printed: Path) -> None:
    """The other order holds the same characters."""
    straight, exchanged = squeeze(dump_scrambled(printed)), squeeze(dump_scrambled(printed, 0.9))
    assert straight != exchanged
    assert sorted(straight) == sorted(exchanged)


def test_layout_keeps_the_page_breaks(printed: Path) -> None:
    """The other program's text says where a page ends."""
    assert dump_layout(printed).count("\f") > 3
