"""What the user did that cannot work: each error says what, where, and what to do.

Content of a document never raises; it becomes a gap or an unclear mark with its reason.
"""

from __future__ import annotations


class UserError(Exception):
    """Something that the user can mend; printed as three short lines, exit code 2.

    >>> print(UserError("no such file", where="a.txt", todo="check the path"))
    no such file
      where: a.txt
      to do: check the path
    """

    def __init__(self, what: str, *, where: str = "", todo: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.todo = todo

    def __str__(self) -> str:
        lines = [self.what]
        if self.where:
            lines.append(f"  where: {self.where}")
        if self.todo:
            lines.append(f"  to do: {self.todo}")
        return "\n".join(lines)


class UnreadableFile(UserError):
    """The file is absent, empty, too large, or its bytes are no text in a known encoding."""


class NotAnAssessment(UserError):
    """The text can be read and is no 特定個人情報保護評価書."""


class StoreError(UserError):
    """The store cannot be opened or written, or belongs to another program."""


class UnknownName(UserError):
    """A question, command, or parameter that does not exist; suggests those that do."""
