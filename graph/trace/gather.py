"""Documents made one network: names that mean the same become one node, statements its edges.

What agencies share is told by ``graph.trace.shared``; everything else belongs to the agency whose document
names it, so that two agencies' 中間サーバー never meet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from extract.facts import Certainty, EndKind
from graph.registry import is_homonym
from graph.trace.edges import Aside, Edge, Kind, Movement, Network, Node, Sheet
from graph.trace.names import Naming, name_key, naming_of
from graph.trace.shared import find_shared

_HANDED_ON = frozenset({Kind.ENTRUSTMENT, Kind.PROVISION, Kind.TRANSFER})


def gather(sheets: Iterable[Sheet]) -> Network:
    """Make one network of what documents say."""
    kept = list(sheets)
    book = _Book({name_key(sheet.agency) for sheet in kept if sheet.agency})
    edges: list[Edge] = []
    asides: list[Aside] = []
    for sheet in kept:
        edges.extend(_edges(sheet, book))
        asides.extend(replace(aside, document=sheet.document) for aside in (*sheet.denied, *sheet.past))
    return Network(nodes=book.nodes(), edges=tuple(edges), documents=len(kept), asides=tuple(asides))


@dataclass
class _Entry:
    """What is known of one node while documents are read."""

    owner: str
    is_agency: bool
    hub: bool
    standard: str
    printed: Counter[str] = field(default_factory=Counter)
    kinds: Counter[EndKind] = field(default_factory=Counter)

    def node(self, key: str) -> Node:
        name = self.standard or min(self.printed, key=lambda printed: (-self.printed[printed], printed))
        known = [kind for kind, _ in self.kinds.most_common() if kind is not EndKind.UNKNOWN]
        kind = EndKind.BODY if self.is_agency else next(iter(known), EndKind.UNKNOWN)
        also = tuple(sorted(set(self.printed) - {name}))
        return Node(key=key, name=name, kind=kind, owner=self.owner, is_agency=self.is_agency, hub=self.hub, also=also)


class _Book:
    """The register of nodes: gives every name its key."""

    def __init__(self, agencies: set[str]) -> None:
        self._agencies = agencies
        self._entries: dict[str, _Entry] = {}

    def enter(self, name: str, kind: EndKind, page: _Page, *, standard: str = "") -> str:
        """Return the key of ``name`` as the page's document understands it, and remember how it was printed."""
        naming = page.naming
        resolved = naming.resolve(name)
        shared = find_shared(resolved) or (None if resolved in naming.systems else find_shared(name))
        own = naming.agency and resolved == page.owner
        if own or (resolved in self._agencies and not is_homonym(resolved)):
            key, entry = f"agency {resolved}", _Entry(resolved, True, False, naming.agency if own else "")
        elif shared:
            key, entry = f"shared {shared.key}", _Entry("", False, shared.hub, shared.name)
        else:
            key, entry = f"of {page.owner} {resolved}", _Entry(page.owner, False, False, standard)
        entry = self._entries.setdefault(key, entry)
        entry.standard = (own and naming.agency) or entry.standard or standard
        entry.printed[name] += 1
        entry.kinds[kind] += 1
        return key

    def nodes(self) -> dict[str, Node]:
        """Return every node by its key."""
        return {key: entry.node(key) for key, entry in sorted(self._entries.items())}


@dataclass(frozen=True, slots=True)
class _Page:
    """How one document names things, and to whom belongs what it names."""

    naming: Naming
    owner: str


def _edges(sheet: Sheet, book: _Book) -> Iterator[Edge]:
    naming = naming_of(sheet.agency, sheet.office, sheet.systems, sheet.aliases, (d for _, d in sheet.departments))
    page = _Page(naming, name_key(sheet.agency) or sheet.document)
    for names in sheet.systems:
        for name in names:
            book.enter(name, EndKind.SYSTEM, page, standard=names[0])
    for end in filter(None, (sheet.agency, sheet.office, *sheet.ends)):
        book.enter(end, EndKind.UNKNOWN, page)
    denied = {(naming.resolve(one.name), naming.resolve(one.target)) for one in sheet.denied if one.target}
    for movement in _with_derived(sheet, naming):
        yield Edge(
            source=book.enter(movement.source, movement.source_kind, page),
            target=book.enter(movement.target, movement.target_kind, page),
            says=movement,
            document=sheet.document,
            agency=page.owner,
            contested=(naming.resolve(movement.source), naming.resolve(movement.target)) in denied,
        )


def _with_derived(sheet: Sheet, naming: Naming) -> Iterator[Movement]:
    """Yield the movements; where the agency hands a file on, also from the department that holds the file.

    Ⅱ-2⑥ says who holds it and Ⅱ-4, Ⅱ-5 who gets it, so the department's part is implied, not stated.
    """
    departments = dict(sheet.departments)
    own = name_key(sheet.agency)
    for movement in sheet.movements:
        yield movement
        holder = departments.get(movement.file or "")
        if movement.kind in _HANDED_ON and holder and naming.resolve(movement.source) == own:
            certainty = Certainty.IMPLIED if movement.certainty is Certainty.STATED else movement.certainty
            yield replace(movement, source=holder, source_kind=EndKind.DEPARTMENT, certainty=certainty, derived=True)
