"""A verb with the names that belong to it: what the reading of a clause comes to.

Data only; which names belong to which verb is found in clauses, what it means in moves.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from extract.flows.cases import Argument, Role
from extract.flows.ends import Mention
from extract.flows.verbs import Verb


@dataclass(frozen=True, slots=True)
class Frame:
    """A verb with the names that it takes, and who acts in the sentence around it."""

    verb: Verb
    arguments: tuple[Argument, ...]
    since: int
    topic: tuple[Mention, ...] = ()
    place: tuple[Mention, ...] = ()
    subject: tuple[Mention, ...] = ()

    def names(self, *roles: Role) -> tuple[Mention, ...]:
        """Return the names that play the first of ``roles`` which any name plays."""
        for role in roles:
            found = tuple(name for argument in self.arguments if argument.role is role for name in argument.names)
            if found:
                return found
        return ()

    def receivers(self, text: str) -> tuple[Mention, ...]:
        """Return the names that へ or に marks: the last, and those with an object of their own (甲に票を、乙に証を)."""
        marked = [a for a in self.arguments if a.role is Role.TO] or [a for a in self.arguments if a.role is Role.FOR]
        own = [a for a, b in pairwise(marked) if "を" in text[a.end : b.start]]
        return tuple(name for argument in [*own, *marked[-1:]] for name in argument.names)

    def argument(self, *roles: Role) -> Argument | None:
        """Return the last argument in one of ``roles``."""
        return next((a for a in reversed(self.arguments) if a.role in roles), None)
