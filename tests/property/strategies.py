"""Filled forms in several shapes, and the damage that scans, converters and careless hands do to them.

Each damage keeps what the form says or takes some of it away; none says something else.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from hypothesis import strategies as st

from tests.expected import Sheet, expect
from tests.forms.fill import draw_form
from tests.forms.layout import lay_out
from tests.forms.plan import Plan, draw_plan
from tests.forms.render_ocr import render_ocr
from tests.forms.render_plain import render_html, render_markdown, render_plain
from tests.forms.truth import FormTruth

SEEDS = 9
SHAPES = ("plain", "markdown", "html", "ocr")


@dataclass(frozen=True, kw_only=True)
class Filled:
    """A filled form in one shape: its text, and what a reader should find in it."""

    seed: int
    shape: str
    truth: FormTruth
    text: str
    expected: Sheet


@cache
def fill(seed: int, shape: str) -> Filled:
    """Return the form of a seed in one of the ``SHAPES``."""
    truth = draw_form(seed)
    plan = draw_plan(truth.seed, len(truth.files)) if shape == "ocr" else Plan()
    parts = lay_out(truth)
    clean = {"plain": render_plain, "markdown": render_markdown, "html": render_html}
    text = render_ocr(parts, plan) if shape == "ocr" else clean[shape](parts)
    return Filled(seed=seed, shape=shape, truth=truth, text=text, expected=expect(truth, plan, text))


filled_forms = st.builds(fill, st.integers(0, SEEDS - 1), st.sampled_from(SHAPES))
"""A filled form of a small fixed set."""

Damage = Callable[[str], str]


def _at(text: str, share: float) -> int:
    return int(share * len(text))


def drop_line(text: str, share: float) -> str:
    """Lose one line."""
    lines = text.split("\n")
    del lines[int(share * len(lines))]
    return "\n".join(lines)


def cut_off(text: str, share: float) -> str:
    """Lose everything behind some place."""
    return text[: _at(text, share)]


def cut_head(text: str, share: float) -> str:
    """Lose everything before some place."""
    return text[_at(text, share) :]


def break_page(text: str, share: float) -> str:
    """Begin a new page at the end of some line."""
    at = text.find("\n", _at(text, share))
    return text if at < 0 else f"{text[:at]}\n\x0c{text[at:]}"


def split_word(text: str, share: float, gap: str) -> str:
    """Set a space or a line's end into some word."""
    found = re.compile(r"(?<=[ぁ-ん一-龠ァ-ヶ])(?=[ぁ-ん一-龠ァ-ヶ])").search(text, _at(text, share))
    return text if found is None else f"{text[: found.start()]}{gap}{text[found.start() :]}"


def repeat_lines(text: str, share: float, count: int) -> str:
    """Print some lines twice, as a page that was scanned again."""
    lines = text.split("\n")
    at = int(share * len(lines))
    return "\n".join([*lines[: at + count], *lines[at : at + count], *lines[at + count :]])


def swap_columns(text: str, share: float) -> str:
    """Print the two cells of some row in the other order."""
    rows = list(re.finditer(r"(?m)^([^\t\n]+)\t([^\t\n]+)$", text))
    if not rows:
        return text
    row = rows[int(share * len(rows))]
    return f"{text[: row.start()]}{row[2]}\t{row[1]}{text[row.end() :]}"


GLYPHS = (("[○]", "[ ○ ]"), ("[○]", "［○］"), ("[○]", "[O]"), ("[○]", "[●]"), ("[ ]", "[]"), ("[ ]", "［　］"))
"""Signs that say the same."""


def change_glyph(text: str, pair: tuple[str, str]) -> str:
    """Print the marks in another notation."""
    return text.replace(*pair)


def lose_marks(text: str, share: float) -> str:
    """Lose the marks of some line: every box of it looks alike."""
    lines = text.split("\n")
    at = int(share * len(lines))
    lines[at] = re.sub(r"\[ ?[○O]? ?\]", '<input type="checkbox"/>', lines[at])
    return "\n".join(lines)


def widen(text: str) -> str:
    """Print digits and brackets full-width, those of tags apart."""
    wide = str.maketrans("0123456789()", "０１２３４５６７８９（）")
    return "".join(part if part.startswith("<") else part.translate(wide) for part in re.split(r"(<[^<>]*>)", text))


_shares = st.floats(0, 1, exclude_max=True)


def _with(damage: Callable[..., str], *arguments: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[str, Damage]]:
    return st.tuples(*arguments).map(
        lambda drawn: (f"{damage.__name__}{drawn}", lambda text: damage(text, *drawn)),
    )


LIGHT = (
    _with(break_page, _shares),
    _with(split_word, _shares, st.sampled_from([" ", "　", "\n"])),
    _with(change_glyph, st.sampled_from(GLYPHS)),
    _with(lose_marks, _shares),
    _with(widen),
)
"""Damage that leaves every word in its place."""

HEAVY = (
    _with(drop_line, _shares),
    _with(cut_off, _shares),
    _with(cut_head, _shares),
    _with(swap_columns, _shares),
    _with(repeat_lines, _shares, st.integers(1, 12)),
)
"""Damage that takes words away or moves them."""

light_damage = st.lists(st.one_of(*LIGHT), min_size=1, max_size=4)
any_damage = st.lists(st.one_of(*LIGHT, *HEAVY), min_size=1, max_size=4)


def suffer(text: str, damages: list[tuple[str, Damage]]) -> str:
    """Return the text with every damage done, one after the other."""
    for _, damage in damages:
        text = damage(text)
    return text
