"""The page around a picture: heading, legend, and the table of the same statements."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from importlib.resources import files

from graph.trace.edges import Edge, Node
from graph.trace.excerpt import Excerpt
from viz.palette import CARRIES, CERTAINTY, CONNECTION, KINDS, Stroke, paint_of
from viz.pictures import Arrow, arrows_of, draw
from viz.plain import place_of, printable

_LISTED = 20  # further statements of one row


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What the page says of itself: its title and what lies behind it, and what the reader must know."""

    ja: str
    en: str
    about: tuple[str, str]
    warnings: tuple[tuple[str, str], ...] = ()


def page_of(excerpt: Excerpt, heading: Heading) -> str:
    """Return the whole HTML page of a picture."""
    arrows = arrows_of(excerpt)
    drawn = draw(excerpt, arrows)
    scripts = [_unix(script) for script in (drawn.library, drawn.script, _static("picture.js"))]
    styles = [drawn.style, _static("picture.css")]
    return "\n".join(
        [
            '<!DOCTYPE html>\n<html lang="ja">\n<head>\n<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_policy(scripts)}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{_text(heading.ja)}</title>",
            *(f"<style>{style}</style>" for style in styles),
            "</head>\n<body>",
            *_header(heading),
            "<main>",
            *_board(excerpt, arrows),
            *_list(arrows),
            "</main>",
            *(f"<script>{script}</script>" for script in scripts),
            "</body>\n</html>\n",
        ]
    )


def _static(name: str) -> str:
    return files("viz").joinpath("static", name).read_text(encoding="utf-8")


def _unix(script: str) -> str:
    """Return ``script`` as a browser reads it, for its hash is taken of that."""
    return script.replace("\r\n", "\n").replace("\r", "\n")


def _policy(scripts: Iterable[str]) -> str:
    """Allow exactly these scripts, styles and images in the page, and no request."""
    hashes = " ".join(f"'sha256-{b64encode(sha256(one.encode()).digest()).decode()}'" for one in scripts)
    rest = "style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
    return f"default-src 'none'; script-src {hashes}; {rest}"


def _text(text: str) -> str:
    return escape(printable(text))


def _name(text: str) -> str:
    """Return a name of a document as HTML that can't turn the text around it."""
    return f"<bdi>{_text(text)}</bdi>"


def _header(heading: Heading) -> Iterator[str]:
    yield f"<header><h1>{_name(heading.ja)} <small>{_name(heading.en)}</small></h1>"
    yield f'<p>{_text(heading.about[0])} <span class="en">/ {_text(heading.about[1])}</span></p>'
    if heading.warnings:
        count = len(heading.warnings)
        yield f'<details class="warn" open><summary>注意 {count} 件 <span class="en">notes</span></summary><ul>'
        yield from (f'<li>{_text(ja)} <span class="en">{_text(en)}</span></li>' for ja, en in heading.warnings)
        yield "</ul></details>"
    yield "</header>"


def _board(excerpt: Excerpt, arrows: tuple[Arrow, ...]) -> Iterator[str]:
    yield '<section id="board"><div id="tools">'
    yield '<button id="fit" type="button">全体 <span class="en">fit</span></button>'
    yield '<button id="in" type="button" aria-label="拡大 / zoom in">＋</button>'
    yield '<button id="out" type="button" aria-label="縮小 / zoom out">－</button></div>'
    yield '<div id="mynetwork" role="img" aria-label="流れの図 / picture of the flows in the table"></div>'
    yield '<div id="legend">'
    yield from _node_legend(excerpt.nodes)
    yield from _arrow_legend(arrows)
    yield "</div></section>"


def _node_legend(nodes: Iterable[Node]) -> Iterator[str]:
    for paint in dict.fromkeys(map(paint_of, nodes)):
        shape = ' class="round"' if paint.round else ""
        swatch = f'<i{shape} style="background:{paint.fill};border-color:{paint.border}"></i>'
        yield f'<span>{swatch}{paint.ja} <span class="en">{paint.en}</span></span>'


def _arrow_legend(arrows: tuple[Arrow, ...]) -> Iterator[str]:
    """Explain the colours and dashes that occur."""
    flows = [arrow.statements[0] for arrow in arrows if not arrow.is_connection]
    carried, sure = {edge.says.carries for edge in flows}, {edge.says.certainty for edge in flows}
    strokes = [CARRIES[one] for one in CARRIES if one in carried]
    strokes += [CERTAINTY[one] for one in CERTAINTY if one in sure]
    strokes += [CONNECTION] if len(flows) < len(arrows) else []
    for stroke in strokes:
        yield f'<span>{_line(stroke)}{stroke.ja} <span class="en">{stroke.en}</span></span>'


def _line(stroke: Stroke) -> str:
    dashes = f' stroke-dasharray="{" ".join(map(str, stroke.dashes))}"' if stroke.dashes else ""
    line = f'<line x1="0" y1="6" x2="36" y2="6" stroke="{stroke.colour}" stroke-width="2.5"{dashes}/>'
    return f'<svg width="36" height="12" aria-hidden="true">{line}</svg>'


def _list(arrows: tuple[Arrow, ...]) -> Iterator[str]:
    said = sum(len(arrow.statements) for arrow in arrows)
    yield '<section id="list"><label>表を絞り込む <span class="en">filter the table</span>'
    yield '<input id="wanted" type="search" autocomplete="off"></label>'
    counted = f'矢印 {len(arrows)} 本、記載 {said} 件 <span class="en">{len(arrows)} arrows, {said} statements</span>'
    yield f'<div id="rows"><table><caption>{counted}</caption>'
    yield '<thead><tr><th scope="col"><abbr title="番号 / number">No.</abbr></th>'
    yield '<th scope="col">流れと根拠 <span class="en">flow and evidence</span></th></tr></thead><tbody>'
    yield from map(_row, arrows)
    yield "</tbody></table></div></section>"


def _row(arrow: Arrow) -> str:
    way = "—" if arrow.is_connection else "→"
    ends = f'<div class="ends">{_name(arrow.source.name)}<b>{way}</b>{_name(arrow.target.name)}</div>'
    first, *rest = arrow.statements
    more = ""
    if rest:
        cut = f"<p>… {len(rest) - _LISTED}</p>" if len(rest) > _LISTED else ""
        listed = "".join(map(_statement, rest[:_LISTED]))
        more = f'<details><summary>ほか {len(rest)} 件 <span class="en">more</span></summary>{listed}{cut}</details>'
    return (
        f'<tr data-edge="{arrow.id}" tabindex="0"><td>{arrow.number}</td><td>{ends}{_statement(first)}{more}</td></tr>'
    )


def _statement(edge: Edge) -> str:
    says = edge.says
    quote = f"<blockquote>{_name(says.quote)}</blockquote>" if says.quote else ""
    extra = [*says.legal_bases, *(f"経由 / via: {way}" for way in (says.via, says.medium) if way)]
    place = " ・ ".join([_name(place_of(edge)), *map(_name, extra)])
    return f'<div>{"".join(_badges(edge))}</div>{quote}<div class="place">{place}</div>'


def _badges(edge: Edge) -> Iterator[str]:
    says = edge.says
    ja, en = KINDS[says.kind]
    yield _badge(Stroke(ja, en))
    if says.kind.value != "connection":
        yield _badge(CARRIES[says.carries])
    yield _badge(CERTAINTY[says.certainty])
    if edge.contested:
        yield _badge(Stroke("同じ文書で否定", "denied elsewhere in the document", "#b91c1c"))


def _badge(stroke: Stroke) -> str:
    colour = stroke.colour
    return f'<span class="badge" style="color:{colour};border-color:{colour}">{stroke.ja} {stroke.en}</span>'
