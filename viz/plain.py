"""Text of documents made fit to show: nothing in it can steer a terminal or turn the text around it."""

from __future__ import annotations

import re

from graph.trace.edges import Edge

_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def printable(text: str) -> str:
    r"""Return ``text`` without characters that print nothing or turn what follows around.

    >>> printable("市\u202e役所\x00")
    '市�役所�'
    """
    return _UNPRINTABLE.sub("�", text)


def place_of(edge: Edge) -> str:
    """Return where a statement stands: document, line, form item."""
    says = edge.says
    return printable(f"{edge.document}:{says.line}" + (f"（{says.item}）" if says.item else ""))
