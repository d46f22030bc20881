"""The generator keeps its word: what its gold says stands in its text, at the line that the gold names."""

from __future__ import annotations

import pytest

from tests.forms.fill import FORMS, draw_form
from tests.forms.gold import annotate
from tests.forms.layout import lay_out
from tests.forms.places import Places, squeeze
from tests.forms.plan import Plan, draw_plan
from tests.forms.render_ocr import render_ocr
from tests.forms.render_plain import render_html, render_markdown, render_plain

RENDERERS = {"plain": render_plain, "markdown": render_markdown, "html": render_html}
PRINTED = {
    "flows": ("quote",),
    "not_flows": ("why",),
    "systems": ("name",),
    "files": ("name", "kind", "subjects", "scope", "items", "since", "department", "retention"),
    "entrustments": ("subject", "content", "entrustee_raw", "headcount", "permission", "re_entrusted_matter"),
    "provisions": ("recipient", "legal_basis", "purpose", "data", "frequency"),
    "transfers": ("recipient", "legal_basis", "purpose", "data", "frequency"),
    "changes": ("item", "before", "after"),
}


@pytest.mark.parametrize("seed", range(12))
def test_the_same_seed_gives_the_same_form(seed: int) -> None:
    """A failing document can be made again from its number."""
    assert draw_form(seed) == draw_form(seed)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("shape", sorted(RENDERERS))
@pytest.mark.parametrize("seed", range(4))
def test_gold_stands_in_a_clean_text(form: str, shape: str, seed: int) -> None:
    """Every value that the gold names is printed, in every undamaged shape."""
    truth = draw_form(seed, form)
    text = RENDERERS[shape](lay_out(truth))
    assert not _absent(annotate("1.txt", text, truth, Plan()), text)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("seed", range(12))
def test_gold_stands_in_a_damaged_text(form: str, seed: int) -> None:
    """Damage hides no value that the gold still asks for."""
    truth = draw_form(seed, form)
    plan = draw_plan(truth.seed, len(truth.files))
    text = render_ocr(lay_out(truth), plan)
    assert not _absent(annotate("1.txt", text, truth, plan), text)


def test_a_lost_list_is_never_a_no() -> None:
    """Where a scan lost the marks, gold accepts no confident blank."""
    truth = draw_form(3, "全項目")
    plan = Plan(seed="lost", damages=frozenset({"lost"}))
    gold = annotate("1.txt", render_ocr(lay_out(truth), plan), truth, plan)
    lost = [key for key in ("categories/0", "sources/0", "media/0") if plan.style(key).proof == "none"]
    names = {"categories/0": gold["files"][0]["categories"], "sources/0": gold["acquisitions"]}
    names["media/0"] = gold["acquisition_methods"]
    assert all(row["state"] != "no" for key in lost for row in names[key])


def _absent(gold: dict[str, list[dict[str, str]]], text: str) -> list[str]:
    squeezed = Places(text).squeezed
    return [
        f"{name}.{key}: {row[key]}"
        for name, keys in PRINTED.items()
        for row in gold[name]
        for key in keys
        if row.get(key) and squeeze(row[key]) not in squeezed
    ]
