"""The movements that the form's items state outright."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from extract.facts import (
    Carries,
    CategoryMark,
    Certainty,
    Citation,
    EndKind,
    Entrustment,
    Evaluation,
    File,
    Flow,
    FlowKind,
    Handover,
    LegalBasis,
    Mark,
    MediumMark,
    SourceMark,
    Usage,
)
from extract.flows.placeholders import is_repetition, names_nobody
from extract.names import split_names, system_kind

_NETWORK = "情報提供ネットワークシステム"


@dataclass(frozen=True, kw_only=True)
class Stated:
    """The facts that the form's own flows are made of."""

    evaluation: Evaluation
    files: Sequence[File]
    categories: Sequence[CategoryMark]
    sources: Sequence[SourceMark]
    media: Sequence[MediumMark]
    entrustments: Sequence[Entrustment]
    handovers: Sequence[Handover]
    legal_bases: Sequence[LegalBasis]

    @property
    def agency(self) -> str:
        """The body that publishes the assessment, or a plain word where the text names none."""
        return self.evaluation.agency or "評価実施機関"

    def department_of(self, file: str) -> str | None:
        """Return the department in charge of a file, as printed; 同上 is the one of the file before."""
        last: str | None = None
        for one in self.files:
            if not is_repetition(one.department):
                last = None if one.department is None or names_nobody(one.department) else one.department
            if one.name == file and last:
                return last
        return None

    def holds_number(self, file: str) -> Mark:
        """Return the state of the box 個人番号 of the file."""
        return next(
            (mark.mark.state for mark in self.categories if mark.file == file and mark.category == "個人番号"),
            Mark.UNCLEAR,
        )

    def media_of(self, file: str, of: FlowKind, number: int | None) -> tuple[str, ...]:
        """Return the media that are ticked for a record."""
        return tuple(
            mark.medium if mark.medium != "その他" else mark.detail or "その他"
            for mark in self.media
            if (mark.file, mark.of, mark.number) == (file, of, number) and mark.mark.state is Mark.YES
        )

    def has_unread_media(self, file: str, of: FlowKind, number: int | None) -> bool:
        """Tell whether the box of some medium of a record could not be read."""
        return any(
            (mark.file, mark.of, mark.number) == (file, of, number) and mark.mark.state is Mark.UNCLEAR
            for mark in self.media
        )


def flows_of_items(stated: Stated) -> Iterator[Flow]:
    """Return the movements that the form's items state outright."""
    yield from _acquisitions(stated)
    yield from _acquisitions_through(stated)
    yield from _handovers(stated)
    yield from _entrustments(stated)


def _acquisitions(stated: Stated) -> Iterator[Flow]:
    """①入手元: from each named source to the file's department in charge; a box that is not ticked gives none."""
    for mark in stated.sources:
        if mark.mark.state is not Mark.YES:
            continue
        person = mark.kind.startswith("本人")
        department = stated.department_of(mark.file)
        for name in _named(mark.names) or ((mark.kind,) if person else ()):
            yield Flow(
                kind=FlowKind.ACQUISITION,
                source=name,
                target=department or stated.agency,
                source_kind=_source_kind(mark.kind),
                target_kind=EndKind.DEPARTMENT if department else EndKind.BODY,
                data=None,
                via=None,
                medium=None,
                carries=Carries.NUMBER if person else Carries.UNCLEAR,
                carries_why="特定個人情報の入手：本人又は本人の代理人" if person else None,
                certainty=Certainty.STATED,
                file=mark.file,
                evidence=mark.evidence,
            )


def _acquisitions_through(stated: Stated) -> Iterator[Flow]:
    """②入手方法: the network that is ticked, and the systems named in その他, hand the data to the department."""
    for mark in stated.media:
        if mark.of is not FlowKind.ACQUISITION or mark.mark.state is not Mark.YES:
            continue
        named = mark.medium == _NETWORK
        names = [_NETWORK] if named else [name for name in _named(split_names(mark.detail)) if _is_system(name)]
        department = stated.department_of(mark.file)
        for name in names:
            yield Flow(
                kind=FlowKind.ACQUISITION,
                source=name,
                target=department or stated.agency,
                source_kind=EndKind.SYSTEM,
                target_kind=EndKind.DEPARTMENT if department else EndKind.BODY,
                data=None,
                via=None,
                medium=mark.medium if named else None,
                carries=Carries.UNCLEAR,
                carries_why=None,
                certainty=Certainty.STATED if named else Certainty.IMPLIED,
                file=mark.file,
                evidence=mark.evidence,
            )


def _named(names: Iterable[str]) -> list[str]:
    """Return the names that name somebody: no 同上, no label of the form."""
    return [name for name in names if not names_nobody(name)]


_SYSTEM = re.compile(r"(?:システム|サーバー?|ネットワーク|サービス|端末)$")


def _is_system(name: str) -> bool:
    return bool(_SYSTEM.search(name)) or system_kind(name) != "other"


def _source_kind(kind: str) -> EndKind:
    if kind.startswith("本人"):
        return EndKind.PERSON
    return EndKind.DEPARTMENT if kind == "評価実施機関内の他部署" else EndKind.BODY


def _handovers(stated: Stated) -> Iterator[Flow]:
    """提供先n, 移転先n: from the agency to each recipient."""
    before: Handover | None = None
    for record in stated.handovers:
        media = stated.media_of(record.file, record.kind, record.number)
        unread = stated.has_unread_media(record.file, record.kind, record.number)
        carries, why = _handed_number(record, media, unread=unread)
        repeats = before is not None and is_repetition(record.legal_basis)
        based = before if before and repeats and (before.file, before.kind) == (record.file, record.kind) else record
        bases = tuple(_bases_at(stated.legal_bases, based))
        before = based
        for name in _named(record.recipients):
            yield Flow(
                kind=record.kind,
                source=stated.agency,
                target=name,
                source_kind=EndKind.BODY,
                target_kind=EndKind.BODY if record.kind is FlowKind.PROVISION else EndKind.DEPARTMENT,
                data=record.data,
                via=_NETWORK if _NETWORK in media else None,
                medium="、".join(media) or None,
                carries=carries,
                carries_why=why,
                certainty=Certainty.STATED,
                file=record.file,
                number=record.number,
                frequency=record.frequency,
                legal_bases=bases,
                evidence=record.evidence[:1],
            )


_LEFT_OUT = re.compile(r"個人番号等?(?:を除|は含ま[なず]|を含ま[なず]|以外の)")


def _handed_number(record: Handover, media: Sequence[str], *, unread: bool) -> tuple[Carries, str | None]:
    """Return what goes to a recipient: the symbol over the network, elsewhere the number, by the item's own subject.

    Where the network is one of several ways, or a way is unread, the item does not say what goes by which.
    """
    if found := _LEFT_OUT.search(record.data or ""):
        return Carries.NONE, found.group()
    if unread or not media:
        return Carries.UNCLEAR, None
    if _NETWORK not in media:
        return Carries.NUMBER, "特定個人情報の提供・移転"
    return (Carries.UNCLEAR, None) if media[1:] else (Carries.SYMBOL, f"提供方法：{_NETWORK}")


def _bases_at(bases: Iterable[LegalBasis], record: Handover) -> Iterator[Citation]:
    """Return the provisions cited in the record's own ① cell, or in the row of an appended list."""
    usage = Usage.PROVISION if record.kind is FlowKind.PROVISION else Usage.TRANSFER
    own = [evidence for evidence in record.evidence if evidence.item.endswith("①")]
    cells = {evidence.item for evidence in own}
    places = [(evidence.start, evidence.end) for evidence in record.evidence] if record.row else []
    for basis in bases:
        at = basis.evidence[0]
        in_cell = basis.file == record.file and at.item in cells
        if basis.usage is usage and (in_cell or any(start <= at.start < end for start, end in places)):
            yield basis.citation


_SAYS_NUMBER = re.compile(r"個人番号を(?:用い|利用|使用|含)(?!ない)[^。]*")


def _entrustments(stated: Stated) -> Iterator[Flow]:
    """委託事項n: from the agency to each entrustee, and on to each named re-entrustee."""
    for record in stated.entrustments:
        media = stated.media_of(record.file, FlowKind.ENTRUSTMENT, record.number)
        carries, why = _entrusted_number(stated, record)
        entrustees, subs = _named(record.entrustees), _named(record.sub_entrustees)
        for name in entrustees:
            yield _entrusted(record, FlowKind.ENTRUSTMENT, stated.agency, name, media, carries, why)
        if len(entrustees) == 1:
            for sub in subs:
                yield _entrusted(record, FlowKind.RE_ENTRUSTMENT, entrustees[0], sub, (), carries, why)
        else:
            yield from _by_one_of(stated, record, entrustees, subs, (carries, why))


def _by_one_of(
    stated: Stated,
    record: Entrustment,
    entrustees: Sequence[str],
    subs: Sequence[str],
    said: tuple[Carries, str | None],
) -> Iterator[Flow]:
    """Several companies entrust on and the item does not say which of them: the data come from the agency by one."""
    for sub in subs if entrustees else ():
        flow = _entrusted(record, FlowKind.RE_ENTRUSTMENT, stated.agency, sub, (), *said)
        yield replace(flow, via="、".join(entrustees), certainty=Certainty.IMPLIED)


def _entrusted(  # noqa: PLR0913, PLR0917  the columns of the flow that differ
    record: Entrustment,
    kind: FlowKind,
    source: str,
    target: str,
    media: tuple[str, ...],
    carries: Carries,
    why: str | None,
) -> Flow:
    named = next((one for one in record.evidence if target in one.quote), record.evidence[0])
    return Flow(
        kind=kind,
        source=source,
        target=target,
        source_kind=EndKind.BODY,
        target_kind=EndKind.BODY,
        data=record.file,
        via=None,
        medium="、".join(media) or None,
        carries=carries,
        carries_why=why,
        certainty=Certainty.STATED,
        file=record.file,
        number=record.number,
        evidence=(named,),
    )


def _entrusted_number(stated: Stated, record: Entrustment) -> tuple[Carries, str | None]:
    """Return what an entrusted file carries: the number if the file holds it and goes whole, or the text says so."""
    said = _SAYS_NUMBER.search(record.content or "")
    if said:
        return Carries.NUMBER, said.group()[:60]
    if record.scope != "一部" and stated.holds_number(record.file) is Mark.YES:
        return Carries.NUMBER, "特定個人情報ファイルの取扱いの委託（記録項目：個人番号）"
    return Carries.UNCLEAR, None


_GENERIC: dict[str, re.Pattern[str]] = {
    "評価実施機関内の他部署": re.compile(r"^(?:庁内の?)?他の?(?:部署|課|所属)"),
    "地方公共団体・地方独立行政法人": re.compile(r"^他の?(?:自治体|市区?町村|区市町村|地方公共団体|都道府県)"),
}
"""The plain words by which prose speaks of all sources of a kind."""


_SELF = re.compile(r"[当本](?:市|区|町|村|県|府|都|道|庁|省|広域連合|連合|組合|健保組合|機構|法人)")


def with_stated_number(stated: Stated, flows: Iterable[Flow], narrative: Sequence[Flow]) -> list[Flow]:
    """Give an acquisition what the prose says of the number on the same way, where the item says nothing.

    Where the prose says different things of different data on that way, the item stays unclear.
    """
    telling = [one for one in narrative if one.carries is not Carries.UNCLEAR]
    kinds = {(mark.file, name): mark.kind for mark in stated.sources for name in mark.names}
    settled = []
    for flow in flows:
        if flow.carries is Carries.UNCLEAR and flow.kind is FlowKind.ACQUISITION:
            kind = kinds.get((flow.file or "", flow.source), "")
            known = [one for one in telling if _speaks_of(stated, one, flow, kind)]
            if len({one.carries for one in known}) == 1:
                flow = replace(flow, carries=known[0].carries, carries_why=known[0].carries_why)  # noqa: PLW2901  a new record for the old
        settled.append(flow)
    return settled


def _speaks_of(stated: Stated, said: Flow, flow: Flow, kind: str) -> bool:
    """Tell whether a movement in the prose is the one of the item, by its ends or by the plain word for its source."""
    if said.source == _NETWORK == flow.source:
        return said.carries is Carries.SYMBOL
    generic = _GENERIC.get(kind)
    if said.source == flow.source:
        return said.target in (flow.target, stated.agency) or bool(_SELF.fullmatch(said.target))
    return said.target == flow.target and generic is not None and bool(generic.match(said.source))
