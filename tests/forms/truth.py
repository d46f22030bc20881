"""What a filled form truly says: frozen records, from which the shapes are rendered and the gold is written."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One tick box. ``detail`` is the text in its parenthesis, None where the form prints none; ``unit`` follows it."""

    label: str
    ticked: bool
    detail: str | None = None
    names: tuple[str, ...] = ()
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A movement that a sentence states; ``quote`` is that sentence or its deciding part."""

    source: str
    target: str
    data: str
    quote: str
    via: str | None = None
    carries: str = "unclear"
    certain: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Denial:
    """A movement that a sentence denies."""

    source: str
    target: str
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """A text with what it states about movements; a paragraph is a line."""

    text: str = ""
    moves: tuple[Move, ...] = ()
    denials: tuple[Denial, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalText:
    """A text that cites provisions: ``citations`` are (usage, canonical citation)."""

    text: str
    citations: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemTruth:
    """システムn: ``short`` is the name that 「以下「…」という。」 gives it."""

    number: int
    name: str
    short: str | None
    function: Prose
    grid: tuple[Box, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntrustmentTruth:
    """委託事項n."""

    number: int
    subject: str
    content: str
    scope: str
    subjects: str
    subject_scope: str
    validity: str
    headcount: str
    media: tuple[Box, ...]
    confirmation: str
    entrustee: str
    entrustees: tuple[str, ...]
    re_entrusted: bool
    sub_entrustees: tuple[str, ...] = ()
    permission: str = ""
    matter: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverTruth:
    """提供先n or 移転先n."""

    number: int
    recipient: str
    basis: LegalText
    purpose: str
    data: str
    subjects: str
    scope: str
    media: tuple[Box, ...]
    frequency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTruth:
    """One section Ⅱ."""

    name: str
    kind: str
    subjects: str
    scope: str
    need: str
    items: str
    categories: tuple[Box, ...]
    validity: str
    since: str
    department: str
    sources: tuple[Box, ...]
    media: tuple[Box, ...]
    timing: Prose
    fairness: str
    notice: str
    purpose: str
    departments: tuple[str, ...]
    users: str
    method: Prose
    matching: str
    matching_sources: tuple[str, ...]
    statistics: str
    decision: str
    use_since: str
    entrustments: tuple[EntrustmentTruth, ...]
    provisions: tuple[HandoverTruth, ...]
    transfers: tuple[HandoverTruth, ...]
    storage: Prose
    sites: tuple[str, ...]
    retention: str
    retention_why: str
    deletion: str
    remarks: str
    recorded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeTruth:
    """One row of the change table, its date as printed and as an ISO date."""

    printed: str
    date: str
    item: str
    before: str
    after: str
    timing: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One risk of section Ⅲ: its heading, the measures taken, and the selection."""

    heading: str
    label: str
    text: Prose
    sufficient: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FormTruth:
    """A whole assessment. ``form`` is 全項目, 重点項目 or 基礎項目; ``bare_names`` are ③システムの名称 of 様式2."""

    seed: str
    form: str
    number: str
    title: str
    agency: str
    office: str
    published: str | None
    published_printed: str
    version: str | None
    declaration: str
    remarks: str
    business: str
    content: Prose
    subjects: str
    systems: tuple[SystemTruth, ...]
    bare_names: tuple[str, ...]
    files: tuple[FileTruth, ...]
    necessity: str
    merit: str
    use_basis: LegalText
    linkage: str
    linkage_basis: LegalText
    department: str
    head: str
    others: str
    annex: Prose
    measures: tuple[Measure, ...]
    incident: str
    incident_content: str
    counted: str
    staff_over_500: str
    contact: str
    changes: tuple[ChangeTruth, ...]
    annexes_present: bool = True
    identity: str = field(default="new")
