"""The board that a script paints: the drawing as data, its tools and legend, and the table of the same arrows."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from viz.explorer.drawing import CONTRADICTED, Drawing, DrawnArrow, DrawnBox, canvas_of
from viz.explorer.language import Here
from viz.explorer.markup import Child, Markup, name, tag
from viz.explorer.parts import CONTRADICTED as CONTRADICTED_WORDS
from viz.explorer.parts import badges, shortened, statement_of
from viz.palette import CARRIES, CERTAINTY, CONNECTION, Stroke

FULL_ROWS = 60
"""Rows of the table that show their quotes; the others are short."""
FIRST_ROWS = 300
"""Rows of the table that stand in the page at first."""
_FORMATS = (("csv", "CSV"), ("json", "JSON"), ("svg", "SVG"), ("graphml", "GraphML"))
_DASHED = Stroke(*CONTRADICTED_WORDS, dashes=CONTRADICTED)


def board(here: Here, drawing: Drawing) -> Markup:
    """Return the board on which the script paints a drawing, with its tools and legend."""
    return tag(
        "section",
        _tools(here),
        tag(
            "div",
            tag("noscript", tag("img", src=_file(here, "svg"), alt=here.say("流れの図", "picture of the flows"))),
            id="canvas",
            tabindex="0",
            role="application",
            aria_label=here.say(
                "流れの図。同じ内容が表にあります。矢印キーで端を順に選び、Enterで開くか閉じ、Escapeで選択をやめる",
                "Picture of the flows; the table says the same. Arrow keys step through the ends, Enter opens or closes, Escape leaves",
            ),
        ),
        tag(
            "div",
            id="card",
            hidden=True,
            role="group",
            aria_live="polite",
            aria_label=here.say("選んだ端", "Chosen end"),
        ),
        legend(here, drawing),
        painted(drawing),
        id="board",
        aria_label=here.say("図", "Picture"),
    )


def _tools(here: Here) -> Markup:
    def button(id_: str, ja: str, en: str, label: tuple[str, str] | None = None) -> Markup:
        return tag("button", here.say(ja, en), type="button", id=id_, aria_label=here.say(*label) if label else None)

    return tag(
        "div",
        button("undo", "元に戻す", "Undo"),
        button("fit", "全体", "Fit"),
        button("in", "＋", "+", ("拡大", "zoom in")),
        button("out", "－", "−", ("縮小", "zoom out")),
        tag(
            "label",
            tag("span", here.say("図の中を探す", "Find in view"), class_="unseen"),
            tag(
                "input",
                type="search",
                id="find",
                placeholder=here.say("図の中を探す", "Find in view"),
                autocomplete="off",
            ),
        ),
        tag(
            "span",
            button("png", "PNG", "PNG"),
            [_download(here, form, words) for form, words in _FORMATS],
            tag(
                "a",
                here.say("CSV（Excel用）", "CSV for Excel"),
                href=_file(here, "csv", ("bom", "1")),
                download="mynaflow.csv",
            ),
            class_="files",
        ),
        class_="tools",
    )


def _file(here: Here, form: str, *more: tuple[str, str]) -> str:
    kept = [pair for pair in here.fields.pairs if pair[0] != "lang"]
    return here.link(f"{here.path}.{form}", [*kept, *more])


def _download(here: Here, form: str, words: str) -> list[Child]:
    return [" ", tag("a", words, href=_file(here, form), download=f"mynaflow.{form}", data_file=form)]


def legend(here: Here, drawing: Drawing) -> Markup:
    """Explain the colours and strokes that occur."""
    boxes = {(box.kind, box.fill, box.border, box.round): None for box in drawing.boxes if not box.members}
    flows = [arrow.statements[0] for arrow in drawing.arrows if not arrow.connection]
    carried = {one.carries for one in flows}
    sure = {one.certainty for one in flows}
    strokes: list[Stroke] = [stroke for code, stroke in CARRIES.items() if code in carried]
    strokes += [
        Stroke(stroke.ja, stroke.en, dashes=stroke.dashes) for code, stroke in CERTAINTY.items() if code in sure
    ]
    strokes += [_DASHED] if "contradicted" in sure else []
    strokes += [CONNECTION] if any(arrow.connection for arrow in drawing.arrows) else []
    return tag(
        "div",
        [tag("span", _swatch(fill, border, is_round=is_round), kind) for kind, fill, border, is_round in boxes],
        [tag("span", _line(stroke), here.say(stroke.ja, stroke.en)) for stroke in strokes],
        class_="legend",
        role="group",
        aria_label=here.say("凡例", "Legend"),
        id="legend",
    )


def _swatch(fill: str, border: str, *, is_round: bool) -> Markup:
    shape = tag(
        "rect",
        x="1",
        y="1",
        width="18",
        height="12",
        rx="6" if is_round else "3",
        fill=fill,
        stroke=border,
        stroke_width="2",
    )
    return tag("svg", shape, width="20", height="14", aria_hidden="true")


def _line(stroke: Stroke) -> Markup:
    dashes = " ".join(map(str, stroke.dashes)) or None
    line = tag(
        "line", x1="0", y1="6", x2="36", y2="6", stroke=stroke.colour, stroke_width="2.5", stroke_dasharray=dashes
    )
    return tag("svg", line, width="36", height="12", aria_hidden="true")


def painted(drawing: Drawing) -> Markup:
    """Return what the script paints, as a block of data that no browser runs."""
    data = msgspec.json.encode(canvas_of(drawing)).decode()
    safe = data.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return Markup(f'<script type="application/json" id="drawing">{safe}</script>')


def arrows_table(here: Here, drawing: Drawing) -> Markup:
    """Return the table of the arrows: each with its ends, its first statement, and the way to all of them.

    Of many arrows only the first stand in the page; a script fetches the others, or the reader does.
    """
    said = sum(arrow.count for arrow in drawing.arrows)
    caption = here.say(
        f"矢印 {len(drawing.arrows):,}、記載 {said:,}", f"{len(drawing.arrows):,} arrows, {said:,} statements"
    )
    head = tag(
        "tr",
        tag("th", here.say("番号", "No."), scope="col"),
        tag("th", here.say("流れと根拠", "Flow and evidence"), scope="col"),
    )
    rest = None
    if len(drawing.arrows) > FIRST_ROWS:
        words = here.say("残りの行", "The other rows")
        rest = tag("p", tag("a", words, href=_file(here, "rows"), id="rest"), class_="place")
    body = tag("tbody", arrow_rows(here, drawing, 0, FIRST_ROWS))
    return tag(
        "div",
        tag("table", tag("caption", caption), tag("thead", head), body, class_="arrows"),
        rest,
        class_="rows",
        tabindex="0",
        role="group",
        aria_label=here.say("流れの表", "Table of the flows"),
    )


def arrow_rows(here: Here, drawing: Drawing, first: int, last: int | None = None) -> list[Markup]:
    """Return the rows of the arrows from ``first`` up to ``last``; those far down are short."""
    boxes = {box.id: box for box in drawing.boxes}
    return [_row(here, arrow, boxes, full=arrow.number <= FULL_ROWS) for arrow in drawing.arrows[first:last]]


def _row(here: Here, arrow: DrawnArrow, boxes: Mapping[str, DrawnBox], *, full: bool) -> Markup:
    source, target = boxes[arrow.source], boxes[arrow.target]
    ends = tag("div", _end(source), tag("b", "—" if arrow.connection else "→"), _end(target), class_="ends")
    first = arrow.statements[0]
    more = None
    if arrow.count > 1:
        words = here.say(f"ほか {arrow.count - 1:,} 件", f"{arrow.count - 1:,} more")
        more = tag("p", tag("a", words, href=arrow.url) if arrow.url else tag("small", words))
    told: list[Child] = (
        [statement_of(here, first)]
        if full
        else [badges(here, first), " ", tag("a", here.say(f"{first.line}行", f"line {first.line}"), href=first.url)]
    )
    return tag(
        "tr",
        tag("td", tag("button", arrow.number, type="button", class_="point")),
        tag("td", ends, told, more),
        data_arrow=arrow.number,
    )


def _end(box: DrawnBox) -> Markup:
    shown = name(shortened(box.name))
    return tag("a", shown, href=box.url) if box.url else shown
