"""What the names of one document denote: which are one thing, of which class, and whose.

Names are one if ``graph.trace.names`` says so. A national system or body is one for all documents, a named
company or public body too; everything else belongs to the agency of the document and never meets another's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from extract.facts import EndKind, Facts
from extract.names import body_of
from graph.bodies import body_key, is_named_body
from graph.iri import mint
from graph.registry import National, find_local, find_national, is_homonym
from graph.trace.names import Naming, name_key, naming_of

CLASSES: Mapping[EndKind, str] = MappingProxyType(
    {
        EndKind.SYSTEM: "InformationSystem",
        EndKind.BODY: "Organization",
        EndKind.DEPARTMENT: "Department",
        EndKind.PERSON: "PersonGroup",
        EndKind.FILE: "PersonalInformationFile",
        EndKind.PLACE: "Place",
        EndKind.UNKNOWN: "Participant",
    }
)
"""The ontology's class for each kind of end."""

_HEADS = frozenset(("長", "知事", "長官", "理事長", "会長", "組合長", "連合長", "管理者", "企業長", "総裁", "教育長"))
_UNNAMED_AGENCY = "unnamed"
_UNIT = re.compile("(?:部|課|室|係|班|グループ|支所|出張所)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """A thing that a name denotes; ``classes`` are local names of the ontology, ``owner`` an agency's IRI."""

    iri: str
    label: str
    classes: tuple[str, ...]
    owner: str | None = None

    @property
    def is_system(self) -> bool:
        """Whether it is known to be an information system."""
        return "InformationSystem" in self.classes


class Ends:
    """Finds what the names of one document denote.

    ``sha`` tells apart two agencies whose names do not, and stands for an agency that the document does
    not name.
    """

    def __init__(self, facts: Facts, *, base: str, sha: str) -> None:
        self._base = base
        self._agency = facts.evaluation.agency or facts.evaluation.office or ""
        self._naming = _naming(facts)
        self._labels = _labels(facts)
        self._kinds = _kinds(facts, self._naming.resolve)
        self._nationals = self._nationals_by_definition()
        self._agency_path = self._path_of_agency(sha)
        self.agency = End(
            iri=mint(base, *self._agency_path),
            label=self._agency or "（評価実施機関名なし）",
            classes=("Agency", "Organization"),
        )

    def _path_of_agency(self, sha: str) -> tuple[str, ...]:
        if not self._agency:
            return ("organization", _UNNAMED_AGENCY, sha[:16])
        key = body_key(self._agency)
        return ("organization", key, sha[:16]) if is_homonym(key) else ("organization", key)

    def _nationals_by_definition(self) -> dict[str, National]:
        found: dict[str, National] = {}
        for short, standard in self._naming.standard.items():
            if national := find_national(short):
                found.setdefault(standard, national)
        return found

    def find(self, name: str, kind: EndKind = EndKind.UNKNOWN) -> End:
        """Return what ``name`` denotes; ``kind`` counts only where the document says nothing of it itself.

        The head of a body (みほん県知事) stands for the body, as an agency's own head does.
        """
        if body := self._body_behind(name):
            return self.find(body, EndKind.BODY)
        key = self._naming.resolve(name)
        if self._agency and key == name_key(self._agency):
            return self.agency
        kind = self._kinds.get(key) or _likely(kind, key)
        national = find_national(name_key(name)) or find_national(key) or self._nationals.get(key)
        if national and (national.is_system or kind is not EndKind.SYSTEM):
            return self._national(national)
        label = self._labels.get(key, name)
        if kind in (EndKind.BODY, EndKind.UNKNOWN) and is_named_body(label):
            return self._shared_body(label)
        return self._scoped(kind, key, label)

    def _body_behind(self, name: str) -> str | None:
        """Return the one body whose head ``name`` is; 市町村長 may be any, and a department is no head."""
        key = self._naming.resolve(name)
        body = body_of(self._labels.get(key, name))
        head = key.removeprefix(name_key(body))
        if head == key and not key.endswith("大臣"):
            return None
        known = is_named_body(body) or find_national(name_key(body)) or name_key(body) == name_key(self._agency)
        return body if known and (head in _HEADS or head == key) else None

    def own(self, name: str, kind: EndKind) -> End:
        """Return what ``name`` denotes where the form itself says that it is a ``kind``: a system, a file."""
        key = self._naming.resolve(name)
        national = find_national(name_key(name)) or self._nationals.get(key)
        if national and national.is_system and kind is EndKind.SYSTEM:
            return self._national(national)
        return self._scoped(kind, key, self._labels.get(key, name))

    def business(self, name: str) -> End:
        """Return the agency's business of that name."""
        iri = mint(self._base, *self._agency_path, "business", name_key(name))
        return End(iri=iri, label=name, classes=("Business",), owner=self.agency.iri)

    def _national(self, national: National) -> End:
        if not national.is_system:
            iri = mint(self._base, "organization", body_key(national.name))
            return End(iri=iri, label=national.name, classes=("NationalBody", "Organization"))
        classes = dict.fromkeys(("NationalSystem", national.ontology_class, "InformationSystem"))
        iri = mint(self._base, "system", name_key(national.name))
        return End(iri=iri, label=national.name, classes=tuple(classes))

    def _shared_body(self, label: str) -> End:
        iri = mint(self._base, "organization", body_key(label))
        return End(iri=iri, label=label, classes=("Organization",))

    def _scoped(self, kind: EndKind, key: str, label: str) -> End:
        local = find_local(key) if kind is EndKind.SYSTEM else None
        names = name_key(local.name) if local else key
        classes = [local.ontology_class] if local else []
        return End(
            iri=mint(self._base, *self._agency_path, kind.value, names),
            label=label,
            classes=(*classes, CLASSES[kind]),
            owner=self.agency.iri,
        )


def _likely(kind: EndKind, key: str) -> EndKind:
    """Take a body for a department where its name ends like one."""
    return EndKind.DEPARTMENT if kind is EndKind.BODY and _UNIT.search(key) else kind


def _naming(facts: Facts) -> Naming:
    """Collect the names of the document.

    A system that only the text names is one of its own unless its name is another's with its holder before
    it (「当市の宛名システム」).
    """
    listed = [(system.name, *system.aliases) for system in facts.systems if system.number is not None]
    others = [(system.name, *system.aliases) for system in facts.systems if system.number is None]
    known = _naming_with(facts, listed)
    own = [names for names in others if known.resolve(names[0]) == name_key(names[0])]
    qualified = _naming_with(facts, [*listed, *(names for names in own if "の" not in names[0])])
    return _naming_with(facts, [*listed, *(one for one in own if qualified.resolve(one[0]) == name_key(one[0]))])


def _naming_with(facts: Facts, systems: list[tuple[str, ...]]) -> Naming:
    aliases = [(alias.short, alias.full) for alias in facts.aliases]
    departments = [one.name for one in facts.departments] + [one.department for one in facts.files if one.department]
    return naming_of(facts.evaluation.agency or "", facts.evaluation.office, systems, aliases, departments)


def _labels(facts: Facts) -> dict[str, str]:
    """Return the printed form of each name that stands for others."""
    labels = {name_key(system.name): system.name for system in reversed(facts.systems)}
    for alias in facts.aliases:
        labels.setdefault(name_key(alias.full), alias.full)
    return labels


def _kinds_said(facts: Facts) -> Iterator[tuple[str | None, EndKind]]:
    """Yield each name with its kind, what the form says first, what the prose says last."""
    yield from ((system.name, EndKind.SYSTEM) for system in facts.systems)
    yield from ((one.name, EndKind.FILE) for one in facts.files)
    yield from ((one.name, EndKind.DEPARTMENT) for one in facts.departments)
    yield from ((one.department, EndKind.DEPARTMENT) for one in facts.files)
    yield from ((name, EndKind.DEPARTMENT) for use in facts.uses for name in use.departments)
    yield from ((one.target, EndKind.SYSTEM) for one in facts.connections)
    yield from ((one.name, EndKind.BODY) for one in facts.other_agencies)
    for entrustment in facts.entrustments:
        yield from ((name, EndKind.BODY) for name in (*entrustment.entrustees, *entrustment.sub_entrustees))
    for flow in facts.flows:
        yield from ((flow.source, flow.source_kind), (flow.target, flow.target_kind))


def _kinds(facts: Facts, resolve: Callable[[str], str]) -> dict[str, EndKind]:
    kinds: dict[str, EndKind] = {}
    for name, kind in _kinds_said(facts):
        if name and kind is not EndKind.UNKNOWN:
            kinds.setdefault(resolve(name), kind)
    return kinds
