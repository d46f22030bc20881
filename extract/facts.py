"""What an assessment states: one frozen record for each kind of statement, each with its evidence.

Knows no file formats, no damage and no graph. Field names follow the form's own terms in English;
``None`` means that the document says nothing, an empty string that it prints an empty value.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum


class Form(StrEnum):
    """様式4, 様式3 and 様式2 of the assessment."""

    FULL = "全項目"
    FOCUSED = "重点項目"
    BASIC = "基礎項目"


class Mark(StrEnum):
    """The three states of a tick box; a scan that lost the mark is neither yes nor no."""

    YES = "yes"
    NO = "no"
    UNCLEAR = "unclear"


class Basis(StrEnum):
    """On what the state of a mark rests."""

    GLYPH = "glyph"  # the mark itself is printed
    CONTRAST = "contrast"  # its siblings in the list show what the glyph means
    GRID = "grid"  # a split mark, paired by the official form's rows
    PARENTHESIS = "parenthesis"  # names stand in the parenthesis after the label
    STATEMENT = "statement"  # a sentence elsewhere in the document
    ANNEX = "annex"  # the annexed list of recorded items
    CHANGE = "change"  # the 変更後 column of the change table
    LOST = "lost"  # nothing settles it


class Carries(StrEnum):
    """What a movement carries of the individual number."""

    NUMBER = "number"
    SYMBOL = "symbol"
    NONE = "none"
    UNCLEAR = "unclear"


class Certainty(StrEnum):
    """Whether the text names both ends of a movement or leaves one to be understood."""

    STATED = "stated"
    IMPLIED = "implied"
    UNCLEAR = "unclear"


class FlowKind(StrEnum):
    """Where a movement is stated: in an item of the form, or in its prose."""

    ACQUISITION = "acquisition"
    PROVISION = "provision"
    TRANSFER = "transfer"
    ENTRUSTMENT = "entrustment"
    RE_ENTRUSTMENT = "re-entrustment"
    NARRATIVE = "narrative"


class Usage(StrEnum):
    """For what a legal provision is cited."""

    NUMBER_USE = "個人番号の利用"
    INQUIRY = "情報照会"
    SUPPLY = "情報提供"
    LINKAGE = "情報連携"
    ACQUISITION = "入手"
    PROVISION = "提供先"
    TRANSFER = "移転先"
    STORAGE = "保管"
    OTHER = "その他"


class EndKind(StrEnum):
    """What stands at an end of a movement."""

    SYSTEM = "system"
    BODY = "body"
    DEPARTMENT = "department"
    PERSON = "person"
    FILE = "file"
    PLACE = "place"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The words on which a statement stands.

    ``item`` is the form item's id (``II-4.2.⑥``), ``line`` 1-based in the source text, ``quote`` the
    exact characters between the offsets ``start`` and ``end``. For a PDF ``page`` and ``box`` (left, top,
    right, bottom in points), for a spreadsheet ``cell`` tell the place in the original; ``recognised``
    words were read from a picture (OCR).
    """

    item: str
    line: int
    quote: str
    start: int
    end: int
    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    cell: str | None = None
    recognised: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A statement of the document; never without evidence."""

    evidence: tuple[Evidence, ...]

    def __post_init__(self) -> None:
        if not self.evidence:
            msg = f"{type(self).__name__} without evidence"
            raise ValueError(msg)


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkRead:
    """The state of one tick box, why it is so, and what in the document speaks against it."""

    state: Mark
    basis: Basis
    why: str
    against: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation(Fact):
    """表紙 and Ⅰ-1: which assessment this is, of which body and business.

    ``agency`` is the body itself (架空市), ``office`` as printed (架空市長), ``published`` an ISO date.
    """

    number: str | None
    title: str | None
    form: Form | None
    agency: str | None
    office: str | None
    business: str | None
    published: str | None
    form_version: str | None
    subjects: str | None = None
    remarks: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Department(Fact):
    """評価実施機関における担当部署 (Ⅰ-7, 6 or 5)."""

    name: str
    head: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherAgency(Fact):
    """他の評価実施機関 (Ⅰ-8, 7 or 6)."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias(Fact):
    """「以下「…」という」: ``short`` stands for ``full`` in the whole document."""

    short: str
    full: str


@dataclass(frozen=True, slots=True, kw_only=True)
class System(Fact):
    """システムn (Ⅰ-2); ``number`` is None for one that is only named in the text.

    ``kind`` is a key of the ontology's system classes (``intermediate-server``), or ``other``.
    """

    number: int | None
    name: str
    aliases: tuple[str, ...]
    kind: str
    function: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection(Fact):
    """③他のシステムとの接続: one box of the grid. ``other`` is true for names out of その他（…）."""

    system: str
    target: str
    other: bool
    mark: MarkRead


@dataclass(frozen=True, slots=True, kw_only=True)
class File(Fact):
    """特定個人情報ファイル (Ⅱ-1, 2 and 6, or its name alone in Ⅰ-3)."""

    name: str
    kind: str | None = None
    subjects: str | None = None
    scope: str | None = None
    items: str | None = None
    since: str | None = None
    department: str | None = None
    retention: str | None = None
    use_since: str | None = None
    purpose: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryMark(Fact):
    """主な記録項目: one of the nineteen boxes of a file."""

    file: str
    category: str
    mark: MarkRead


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceMark(Fact):
    """①入手元: one box with the names in its parenthesis."""

    file: str
    kind: str
    names: tuple[str, ...]
    mark: MarkRead


@dataclass(frozen=True, slots=True, kw_only=True)
class MediumMark(Fact):
    """②入手方法, ④提供方法 or ⑥提供・移転方法: one box with the text of its parenthesis.

    ``of`` tells the record to which it belongs; ``number`` is None for an acquisition.
    """

    file: str
    of: FlowKind
    number: int | None
    medium: str
    detail: str
    mark: MarkRead


@dataclass(frozen=True, slots=True, kw_only=True)
class Use(Fact):
    """⑦使用の主体 and ⑧使用方法 of a file."""

    file: str
    departments: tuple[str, ...]
    users: str | None
    method: str | None
    matching: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrustment(Fact):
    """委託事項n (Ⅱ-4). ``entrustee`` is as printed (同上, 未定 kept), ``entrustees`` each body."""

    file: str
    number: int
    subject: str | None
    content: str | None
    scope: str | None
    subjects: str | None
    headcount: str | None
    confirmation: str | None
    entrustee: str | None
    entrustees: tuple[str, ...]
    re_entrusted: Mark | None
    sub_entrustees: tuple[str, ...]
    permission: str | None
    re_entrusted_matter: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover(Fact):
    """提供先n or 移転先n (Ⅱ-5); ``kind`` is FlowKind.PROVISION or FlowKind.TRANSFER.

    ``row`` names the row of an appended list to which 提供先n refers (別紙1.3); None for the form's own item.
    """

    file: str
    kind: FlowKind
    number: int
    recipient: str | None
    recipients: tuple[str, ...]
    legal_basis: str | None
    purpose: str | None
    data: str | None
    subjects: str | None
    scope: str | None
    frequency: str | None
    row: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Storage(Fact):
    """保管場所, 保管期間 and 消去方法 of a file (Ⅱ-6); one record for each place named."""

    file: str
    site: str
    retention: str | None
    deletion: str | None


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Citation:
    """One provision in canonical form: Arabic numerals, full name of the law, empty where not printed.

    ``table`` is 別表, 別表第一, 別表第二 or 表; ``table_item`` the row (の項).
    """

    law: str
    article: str = ""
    paragraph: str = ""
    item: str = ""
    table: str = ""
    table_item: str = ""
    subitem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalBasis(Fact):
    """A provision that the document cites, and for what."""

    usage: Usage
    citation: Citation
    file: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow(Fact):
    """A movement of personal data from ``source`` to ``target``, named as the text names them.

    ``carries_why`` holds the words that decide ``carries``. ``number`` is the record's (委託事項n, 提供先n).
    """

    kind: FlowKind
    source: str
    target: str
    source_kind: EndKind
    target_kind: EndKind
    data: str | None
    via: str | None
    medium: str | None
    carries: Carries
    carries_why: str | None
    certainty: Certainty
    file: str | None = None
    number: int | None = None
    frequency: str | None = None
    legal_bases: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DeniedFlow(Fact):
    """A movement of which the text says that it does not happen."""

    source: str
    target: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change(Fact):
    """変更箇所: one row of the change table. The past: it never yields a current fact."""

    date: str | None
    item: str | None
    before: str | None
    after: str | None
    timing: str | None
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident(Fact):
    """重大事故: 発生あり, 発生なし, or unclear."""

    occurred: str
    content: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared(Fact):
    """A count that the form declares (委託 n 件, 提供 n 件, 移転 n 件) beside the number found."""

    file: str
    what: FlowKind
    count: int | None
    found: int
    mark: MarkRead | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap(Fact):
    """What the document announces, declares or refers to and this text does not hold.

    ``what`` is a sentence in Japanese; ``kind`` one of annex, section, item, count, contradiction, cut, mark, value.
    """

    kind: str
    what: str


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Everything read from one document, each kind in the order of the text."""

    evaluation: Evaluation
    departments: tuple[Department, ...] = ()
    other_agencies: tuple[OtherAgency, ...] = ()
    aliases: tuple[Alias, ...] = ()
    systems: tuple[System, ...] = ()
    connections: tuple[Connection, ...] = ()
    files: tuple[File, ...] = ()
    categories: tuple[CategoryMark, ...] = ()
    sources: tuple[SourceMark, ...] = ()
    media: tuple[MediumMark, ...] = ()
    uses: tuple[Use, ...] = ()
    entrustments: tuple[Entrustment, ...] = ()
    handovers: tuple[Handover, ...] = ()
    storages: tuple[Storage, ...] = ()
    legal_bases: tuple[LegalBasis, ...] = ()
    flows: tuple[Flow, ...] = ()
    denied_flows: tuple[DeniedFlow, ...] = ()
    changes: tuple[Change, ...] = ()
    incidents: tuple[Incident, ...] = ()
    declared: tuple[Declared, ...] = ()
    gaps: tuple[Gap, ...] = ()

    def each(self) -> list[Fact]:
        """Return every fact, kind after kind in the order of the fields."""
        facts: list[Fact] = [self.evaluation]
        for field in fields(self)[1:]:
            facts.extend(getattr(self, field.name))
        return facts
