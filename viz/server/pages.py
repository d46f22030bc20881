"""Pages for people, plain and without script; whatever comes from a document is text on them, never markup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from starlette.responses import HTMLResponse

STYLE_PATH = "/service.css"
"""Where the pages find how they look."""
_STYLE = Path(__file__).with_name("service.css")
_LONGEST = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A text that leads to ``path``, or to nowhere; ``anchor`` is its own address on the page."""

    text: str
    path: str | None = None
    anchor: str | None = None

    def html(self) -> str:
        """Return the link as markup.

        >>> Link(text="<架空>", path="/id/a").html(), Link(text="<b>").html()
        ('<a href="/id/a">&lt;架空&gt;</a>', '&lt;b&gt;')
        """
        shown = escape(shortened(self.text))
        if self.anchor:
            return f'<span id="{escape(self.anchor)}">{shown}</span>'
        return f'<a href="{escape(self.path)}">{shown}</a>' if self.path else shown


def shortened(text: str) -> str:
    """Return ``text``, cut where it is so long that it would fill the page.

    >>> shortened("あ" * 3000)[-10:]
    'あ… (+1000)'
    """
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}… (+{len(text) - _LONGEST})"


def style() -> str:
    """Return the style sheet."""
    return _STYLE.read_text(encoding="utf-8")


def page(title: str, *parts: str, status: int = 200) -> HTMLResponse:
    """Return a page with ``title`` and parts that are markup already."""
    head = (
        f'<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f'<title>{escape(title)}</title><link rel="stylesheet" href="{STYLE_PATH}"><link rel="icon" href="data:,">'
    )
    body = "\n".join((f"<h1>{escape(shortened(title))}</h1>", *parts))
    document = f'<!DOCTYPE html>\n<html lang="ja"><head>{head}</head>\n<body>\n{body}\n</body></html>\n'
    return HTMLResponse(document, status_code=status, headers={"Vary": "Accept", "Cache-Control": "no-cache"})


def paragraph(text: str, *, quiet: bool = False) -> str:
    """Return ``text`` as a paragraph."""
    return f"<p{' class=quiet' if quiet else ''}>{escape(shortened(text))}</p>"


def preformatted(text: str) -> str:
    """Return ``text`` with its lines as they stand."""
    return f"<pre>{escape(text)}</pre>"


def heading(text: str) -> str:
    """Return ``text`` as a heading of a part."""
    return f"<h2>{escape(text)}</h2>"


def table(rows: Iterable[tuple[Link, Sequence[Link]]]) -> str:
    """Return a table: in each row what it is about, and the values, each on a line of its own."""
    lines = (
        f"<tr><th scope=row>{name.html()}</th><td>{'<br>'.join(value.html() for value in values)}</td></tr>"
        for name, values in rows
    )
    return f"<table>{''.join(lines)}</table>"
