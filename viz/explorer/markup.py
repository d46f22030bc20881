"""HTML made of tags, never of strings: text is escaped, addresses lead nowhere but here and to e-Gov.

Text of documents may hold anything. It reaches a page only through ``tag`` and ``text``, which escape it and
show characters that would turn or hide what stands around them as ``�``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from viz.plain import printable

EGOV = "https://laws.e-gov.go.jp/law/"
"""Where e-Gov shows a law by its number; the only foreign address that pages name."""
_LOCAL = ("/", "#", "?")
_EMPTY = frozenset({"br", "hr", "img", "input", "link", "meta", "col"})
_ADDRESSES = frozenset({"href", "src", "action"})

Value = str | int | bool | None


@dataclass(frozen=True, slots=True)
class Markup:
    """Finished HTML."""

    html: str


Child = Markup | str | int | None | Iterable["Child"]


def text(words: str) -> Markup:
    r"""Return text of any origin as HTML.

    >>> text("<b>\u202e").html
    '&lt;b&gt;�'
    """
    return Markup(escape(printable(words)))


def tag(_name: str, *children: Child, **attributes: Value) -> Markup:
    """Return an element; ``class_`` stands for class and ``aria_label`` for aria-label.

    An attribute that is None or False is left out. Raises ValueError for an address that leads elsewhere.

    >>> tag("a", "x < y", href="/search?q=1", class_="more", hidden=False).html
    '<a href="/search?q=1" class="more">x &lt; y</a>'
    >>> tag("a", href="javascript:alert(1)")
    Traceback (most recent call last):
    ValueError: no address of ours: javascript:alert(1)
    """
    said = "".join(_attribute(name.rstrip("_").replace("_", "-"), value) for name, value in attributes.items())
    if _name in _EMPTY:
        return Markup(f"<{_name}{said}>")
    return Markup(f"<{_name}{said}>{join(children).html}</{_name}>")


def _attribute(name: str, value: Value) -> str:
    if value is None or value is False:
        return ""
    if value is True:
        return f" {name}"
    if name in _ADDRESSES and not _is_ours(str(value)):
        msg = f"no address of ours: {value}"
        raise ValueError(msg)
    return f' {name}="{escape(printable(str(value)))}"'


def _is_ours(address: str) -> bool:
    return (address.startswith(_LOCAL) and not address.startswith(("//", "/\\"))) or address.startswith(EGOV)


def join(children: Child) -> Markup:
    """Return children one after another as one piece of HTML.

    >>> join(["a", None, tag("b", 1)]).html
    'a<b>1</b>'
    """
    if children is None:
        return Markup("")
    if isinstance(children, Markup):
        return children
    if isinstance(children, str | int):
        return text(str(children))
    return Markup("".join(join(child).html for child in children))


def name(words: str) -> Markup:
    """Return a name or quote of a document: Japanese, and apart from the direction of what stands around it.

    >>> name("架空市").html
    '<bdi lang="ja">架空市</bdi>'
    """
    return tag("bdi", words, lang="ja")
