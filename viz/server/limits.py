"""What the writers of answers share: how far they got, and how an answer says that it was cut."""

from __future__ import annotations

import re
from dataclasses import dataclass

NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""A character that XML cannot hold; ``\ufffd`` is written in its place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """An answer as bytes, how many rows or triples it has, and whether there were more."""

    body: bytes
    rows: int
    cut: bool


def cut_note(rows: int) -> str:
    """Return the words by which an answer says that it is not whole.

    >>> cut_note(10)
    'cut after 10 rows; there are more (LIMIT and OFFSET give them in parts) / 10 行で打ち切り、続きがある'
    """
    return (
        f"cut after {rows} rows; there are more (LIMIT and OFFSET give them in parts) / {rows} 行で打ち切り、続きがある"
    )
