"""Why a request is not answered: each reason by its name, with the status that says so over HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import msgspec

STATUS: Mapping[str, int] = MappingProxyType(
    {
        "syntax": 400,
        "request": 400,
        "dataset": 400,
        "update": 403,
        "service": 403,
        "unknown": 404,
        "method": 405,
        "format": 406,
        "slow": 408,
        "large": 413,
        "long": 414,
        "media": 415,
        "memory": 500,
        "broken": 500,
        "busy": 503,
        "store": 503,
        "building": 503,
        "time": 504,
    }
)
"""The HTTP status of each kind of refusal."""

RETRY_AFTER: Mapping[str, int] = MappingProxyType({"busy": 2, "store": 5, "building": 5})
"""After how many seconds another try makes sense, for the kinds that pass by themselves."""


class Refusal(msgspec.Struct, frozen=True, kw_only=True):
    """What was refused and why; ``line`` and ``column`` count from 1, ``picture`` points at the place."""

    kind: str
    what: str
    todo: str = ""
    line: int | None = None
    column: int | None = None
    picture: str = ""

    @property
    def status(self) -> int:
        """The HTTP status."""
        return STATUS[self.kind]

    def text(self) -> str:
        r"""Return the refusal for people to read.

        >>> Refusal(kind="syntax", what="no such word", line=1, column=3, picture="a bc\n  ~^").text()
        'no such word\n  line 1, column 3\n\na bc\n  ~^\n'
        """
        lines = [self.what]
        if self.line is not None:
            lines.append(f"  line {self.line}, column {self.column}")
        if self.todo:
            lines.append(f"  to do: {self.todo}")
        if self.picture:
            lines += ["", self.picture]
        return "\n".join(lines) + "\n"


class Refused(Exception):
    """A request that is not answered, with its ``refusal``."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.what)
        self.refusal = refusal


def refuse(kind: str, what: str, *, todo: str = "") -> Refused:
    """Return the exception to raise for a refusal without a place in the query."""
    return Refused(Refusal(kind=kind, what=what, todo=todo))
