"""One long assessment of an invented place, of a given size."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.forms.fill import draw_form
from tests.forms.layout import lay_out
from tests.forms.plan import draw_plan
from tests.forms.render_ocr import render_ocr

if TYPE_CHECKING:
    from tests.forms.truth import FormTruth

_FORM = "全項目"


def make_document(size: int) -> str:
    """Return the damaged text of a full assessment with as many files as it takes to hold ``size`` bytes.

    A full assessment has a section Ⅱ for every file; the files of several drawn forms are put into one.
    """
    truth = draw_form(0, _FORM)
    text = _render(truth)
    seed = 0
    while len(text.encode()) < size:
        seed += 1
        more = draw_form(seed, _FORM).files
        named = (replace(file, name=f"{file.name.removesuffix('ファイル')}{seed}ファイル") for file in more)
        truth = replace(truth, files=(*truth.files, *named))
        text = _render(truth)
    return text


def _render(truth: FormTruth) -> str:
    return render_ocr(lay_out(truth), draw_plan(truth.seed, len(truth.files)))
