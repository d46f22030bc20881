"""What a reader should find in a generated form: its truth as the rows that ``tests.scoring`` compares."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extract.facts import FlowKind
from tests.forms.gold_marks import MarkReader
from tests.forms.layout import lay_out
from tests.forms.places import Places, squeeze
from tests.forms.plan import Plan
from tests.forms.truth import Box, EntrustmentTruth, FileTruth, FormTruth, HandoverTruth, LegalText, Prose
from tests.scoring import Expected, Key, Row, short_label, texts_of

Sheet = dict[str, dict[Key, Expected]]

_NETWORK = "情報提供ネットワークシステム"
_KINDS = (
    "evaluation",
    "incidents",
    "systems",
    "connections",
    "files",
    "file-texts",
    "use-departments",
    "categories",
    "sources",
    "source-names",
    "media",
    "declared",
    "entrustments",
    "entrustees",
    "sub-entrustees",
    "handovers",
    "legal-bases",
    "changes",
    "change-texts",
    "flows",
)


@dataclass(frozen=True, kw_only=True)
class _Form:
    """A truth with what its rendering left of it."""

    truth: FormTruth
    plan: Plan
    marks: MarkReader

    def has(self, part: str) -> bool:
        return part not in self.plan.missing

    @property
    def is_full(self) -> bool:
        return self.truth.form == "全項目"

    @property
    def body(self) -> str:
        """The agency itself; a board of education is an agency of its own beside its town."""
        return self.truth.office if self.truth.office.endswith("教育委員会") else self.truth.agency

    @property
    def files(self) -> tuple[FileTruth, ...]:
        return () if self.truth.form == "基礎項目" else self.truth.files


def expect(truth: FormTruth, plan: Plan, text: str, *, dumped: bool = False) -> Sheet:
    """Return the rows that a careful reader finds in ``text``, a rendering of ``truth`` with the damage of ``plan``."""
    marks = MarkReader(places=Places(text), plan=plan, parts=lay_out(truth), dumped=dumped)
    form = _Form(truth=truth, plan=plan, marks=marks)
    sheet: Sheet = {kind: {} for kind in _KINDS}
    for kind, key, value in _rows(form):
        sheet[kind][key] = Expected(frozenset({value}))
    for kind, key, expected in _boxes(form):
        sheet[kind][key] = expected
    for key, optional in _flows(form):
        sheet["flows"][key] = Expected(frozenset({"stated"}), optional)
    return sheet


def _rows(form: _Form) -> Iterator[Row]:
    truth = form.truth
    yield from _cover(form)
    for file in truth.files:
        yield "files", (squeeze(file.name),), "named"
    for at, file in enumerate(form.files):
        yield from _file(form, file)
        yield from _handled(form, file, at)
    for text in _legal_texts(form):
        for usage, citation in text.citations:
            yield "legal-bases", (usage, squeeze(citation.replace("|", "/"))), "cited"
    for change in truth.changes if form.has("変更箇所") else ():
        key = (change.date, squeeze(change.item))
        yield "changes", key, "printed"
        yield from texts_of(
            "change-texts", key, {"before": change.before, "after": change.after, "timing": change.timing}
        )


def _cover(form: _Form) -> Iterator[Row]:
    truth = form.truth
    cover = {
        "number": truth.number,
        "title": truth.title,
        "form": truth.form,
        "agency": form.body,
        "office": truth.office,
        "published": truth.published,
        "form_version": truth.version,
        "department": truth.department,
        "head": truth.head,
    }
    if form.has("Ⅰ-1"):
        cover["business"] = truth.business
    if form.has("Ⅰ-1") or truth.form == "基礎項目":
        cover["subjects"] = truth.subjects
    yield from texts_of("evaluation", (), cover)
    yield "incidents", (), truth.incident
    for system in truth.systems if form.has("Ⅰ-2") else ():
        yield "systems", (str(system.number),), squeeze(system.name)
    if truth.form == "基礎項目" and form.has("Ⅰ-1"):
        yield from (("systems", (str(at),), squeeze(name)) for at, name in enumerate(truth.bare_names, 1))


def _file(form: _Form, file: FileTruth) -> Iterator[Row]:
    fields = ("kind", "subjects", "scope", "items", "since", "department", "use_since", "purpose", "users")
    texts = {name: getattr(file, name) for name in (*fields, *(("retention",) if form.is_full else ()))}
    yield from texts_of("file-texts", (squeeze(file.name),), texts)
    yield from (("use-departments", (squeeze(file.name), squeeze(one)), "named") for one in file.departments)


def _handled(form: _Form, file: FileTruth, at: int) -> Iterator[Row]:
    name = squeeze(file.name)
    counts: dict[str, int] = {FlowKind.ENTRUSTMENT: len(file.entrustments)}
    for one in file.entrustments:
        yield from _entrustment(one, name, full=form.is_full)
    if form.has(f"Ⅱ-5/{at}"):
        counts |= {FlowKind.PROVISION: len(file.provisions), FlowKind.TRANSFER: len(file.transfers)}
        for kind, handover in _handovers(file):
            yield from _handover(handover, (name, kind, str(handover.number)))
    yield from (("declared", (name, kind), str(count)) for kind, count in counts.items() if count)


def _entrustment(one: EntrustmentTruth, file: str, *, full: bool) -> Iterator[Row]:
    key = (file, str(one.number))
    texts = {
        "subject": one.subject,
        "content": one.content,
        "headcount": one.headcount,
        "entrustee": one.entrustee,
        "re_entrusted": "yes" if one.re_entrusted else "no",
        "permission": one.permission,
        "re_entrusted_matter": one.matter,
    }
    if full:
        texts |= {"scope": one.scope[-2:], "subjects": one.subjects, "confirmation": one.confirmation}
    yield from texts_of("entrustments", key, texts)
    yield from (("entrustees", (*key, squeeze(name)), "named") for name in one.entrustees)
    yield from (("sub-entrustees", (*key, squeeze(name)), "named") for name in one.sub_entrustees)


def _handovers(file: FileTruth) -> Iterator[tuple[str, HandoverTruth]]:
    yield from ((FlowKind.PROVISION, one) for one in file.provisions)
    yield from ((FlowKind.TRANSFER, one) for one in file.transfers)


def _handover(one: HandoverTruth, key: Key) -> Iterator[Row]:
    texts = {name: getattr(one, name) for name in ("recipient", "purpose", "data", "subjects", "scope", "frequency")}
    yield from texts_of("handovers", key, texts | {"legal_basis": one.basis.text})


def _legal_texts(form: _Form) -> Iterator[LegalText]:
    yield from (form.truth.use_basis, form.truth.linkage_basis)
    for at, file in enumerate(form.files):
        if form.has(f"Ⅱ-5/{at}"):
            yield from (one.basis for _, one in _handovers(file))


# -- tick boxes ----------------------------------------------------------------------------------


def _boxes(form: _Form) -> Iterator[tuple[str, Key, Expected]]:
    for system in form.truth.systems if form.has("Ⅰ-2") else ():
        for box, right in _states(form, f"grid/{system.number}"):
            for target in box.names or (box.label,):
                yield "connections", (squeeze(system.name), squeeze(target)), right
    for at, file in enumerate(form.files):
        name = squeeze(file.name)
        for box, right in _states(form, f"categories/{at}"):
            yield "categories", (name, short_label(box.label)), right
        for box, right in _states(form, f"sources/{at}"):
            yield "sources", (name, squeeze(box.label)), right
            for one in box.names:
                yield "source-names", (name, squeeze(box.label), squeeze(one)), Expected(frozenset({"named"}))
        yield from _media(form, file, at)


def _states(form: _Form, key: str) -> Iterator[tuple[Box, Expected]]:
    for box, gold in form.marks.read(key):
        yield box, Expected(frozenset(gold.get("accept") or [gold["state"]]))


def _media(form: _Form, file: FileTruth, at: int) -> Iterator[tuple[str, Key, Expected]]:
    lists: list[tuple[str, str, str]] = [(f"media/{at}", FlowKind.ACQUISITION, "")]
    if form.is_full:
        lists += [(f"entrusted/{at}/{one.number}", FlowKind.ENTRUSTMENT, str(one.number)) for one in file.entrustments]
    if form.has(f"Ⅱ-5/{at}"):
        words = {FlowKind.PROVISION: "提供", FlowKind.TRANSFER: "移転"}
        lists += [
            (f"{words[FlowKind(kind)]}/{at}/{one.number}", kind, str(one.number)) for kind, one in _handovers(file)
        ]
    for key, kind, number in lists:
        for box, right in _states(form, key):
            told = _told_by_change(form, box)
            states = right.values | told if kind == FlowKind.ACQUISITION and "unclear" in right.values else right.values
            yield "media", (squeeze(file.name), kind, number, short_label(box.label)), Expected(states)


def _told_by_change(form: _Form, box: Box) -> frozenset[str]:
    """Return the state that the 変更後 column shows: that settles a mark which the list has lost."""
    changes = [change for change in form.truth.changes if form.has("変更箇所") and "入手方法" in change.item]
    shown = (("yes", f"[○] {box.label}"), ("no", f"[ ] {box.label}"))
    return frozenset(state for change in changes for state, mark in shown if change.after.endswith(mark))


# -- movements -----------------------------------------------------------------------------------


def _flows(form: _Form) -> Iterator[tuple[Key, bool]]:
    """Return kind, source and target of each movement that an item states; optional where its mark may be lost."""
    agency = squeeze(form.body)
    for at, file in enumerate(form.files):
        department = squeeze(file.department)
        for box, right in (*_states(form, f"sources/{at}"), *_states(form, f"media/{at}")):
            for name in _givers(box):
                yield (FlowKind.ACQUISITION, squeeze(name), department), right.values != {"yes"}
        for one in file.entrustments:
            for name in one.entrustees:
                yield (FlowKind.ENTRUSTMENT, agency, squeeze(name)), False
                yield from (
                    ((FlowKind.RE_ENTRUSTMENT, squeeze(name), squeeze(sub)), False) for sub in one.sub_entrustees
                )
        if form.has(f"Ⅱ-5/{at}"):
            yield from (((kind, agency, squeeze(one.recipient)), False) for kind, one in _handovers(file))


def _givers(box: Box) -> tuple[str, ...]:
    """Return who hands over data where ``box`` is ticked: the names beside it, or what it stands for itself."""
    if not box.ticked:
        return ()
    if box.label == _NETWORK or box.label.startswith("本人"):
        return (box.label,)
    return box.names or ((box.detail,) if box.label == "その他" and box.detail else ())


def denied_in(truth: FormTruth) -> set[tuple[str, str]]:
    """Return the movements that a sentence of the form denies and no other sentence states."""
    prose = list(_prose(truth))
    stated = {(squeeze(move.source), squeeze(move.target)) for one in prose for move in one.moves}
    return {(squeeze(no.source), squeeze(no.target)) for one in prose for no in one.denials} - stated


def _prose(truth: FormTruth) -> Iterable[Prose]:
    yield from (truth.content, truth.annex)
    yield from (system.function for system in truth.systems)
    for file in truth.files:
        yield from (file.timing, file.method, file.storage)
    yield from (measure.text for measure in truth.measures)
