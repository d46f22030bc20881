"""Writes the gold annotation of a rendered form, in the format of the hand-made ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.forms.gold_files import file_rows
from tests.forms.gold_marks import MarkReader, Record
from tests.forms.layout import lay_out
from tests.forms.places import Places

if TYPE_CHECKING:
    from tests.forms.plan import Plan
    from tests.forms.truth import Denial, FormTruth, LegalText, Move, Prose


def annotate(document: str, text: str, truth: FormTruth, plan: Plan, *, dumped: bool = False) -> Record:
    """Return the gold of ``text``; ``dumped`` where the marks may have been torn apart by a PDF dump."""
    places = Places(text)
    marks = MarkReader(places=places, plan=plan, parts=lay_out(truth), dumped=dumped)
    gold: Record = {"document": document, "evaluation": _evaluation(truth, places, plan)}
    gold |= _systems(truth, marks)
    gold |= file_rows(truth, marks)
    gold["legal_bases"] = _legal_bases(truth, places, plan)
    prose = list(_prose(truth, plan))
    moves = [_move(move, places) for part in prose for move in part.moves]
    gold["flows"] = moves + list(gold.pop("form_flows"))
    gold["not_flows"] = [_denial(denial, places) for part in prose for denial in part.denials]
    gold["changes"] = _changes(truth, places, plan)
    gold["incidents"] = _incidents(truth, places)
    gold["gaps"] = _gaps(truth, plan)
    return gold


def _evaluation(truth: FormTruth, places: Places, plan: Plan) -> Record:
    return {
        "number": truth.number,
        "title": truth.title,
        "form": truth.form,
        "agency": truth.office,
        "agency_core": truth.agency,
        "published": truth.published,
        "form_version": truth.version,
        "business": None if "Ⅰ-1" in plan.missing else truth.business,
        "line": places.line(truth.title),
    }


def _systems(truth: FormTruth, marks: MarkReader) -> Record:
    places, plan = marks.places, marks.plan
    systems: list[Record] = []
    connections: list[Record] = []
    for system in truth.systems if "Ⅰ-2" not in plan.missing else ():
        line = places.line("システムの名称" + system.name)
        also = [system.short] if system.short else []
        systems.append({"no": system.number, "name": system.name, "also": also, "function_present": True, "line": line})
        for box, state in marks.read(f"grid/{system.number}"):
            other = box.label == "その他"
            connections += [
                {"system": system.name, "target": target, "other": other, **state, "why": "", "line": line}
                for target in (box.names if other and box.names else (box.label,))
            ]
    if truth.form == "基礎項目" and "Ⅰ-1" not in plan.missing:
        systems += [
            {"no": number, "name": name, "also": [], "function_present": False, "line": places.line(name)}
            for number, name in enumerate(truth.bare_names, 1)
        ]
    return {"systems": systems, "connections": connections}


def _legal_bases(truth: FormTruth, places: Places, plan: Plan) -> list[Record]:
    texts: list[LegalText] = [truth.use_basis, truth.linkage_basis]
    for at, file in enumerate(truth.files if truth.form != "基礎項目" else ()):
        if f"Ⅱ-5/{at}" not in plan.missing:
            texts += [handover.basis for handover in (*file.provisions, *file.transfers)]
    return [
        {"usage": usage, "citation": citation, "line": places.line(text.text)}
        for text in texts
        for usage, citation in text.citations
    ]


def _prose(truth: FormTruth, plan: Plan) -> list[Prose]:
    """Return the narrative texts that the rendered form really holds."""
    full, basic = truth.form == "全項目", truth.form == "基礎項目"
    parts = [] if "Ⅰ-1" in plan.missing else [truth.content]
    if "Ⅰ-2" not in plan.missing:
        parts += [system.function for system in truth.systems]
    if full and truth.annexes_present:
        parts.append(truth.annex)
    for file in () if basic else truth.files:
        parts += [*([file.timing] if full else []), file.method]
    return [*parts, *(measure.text for measure in truth.measures if measure.label)]


def _move(move: Move, places: Places) -> Record:
    return {
        "from": move.source,
        "to": move.target,
        "data": move.data,
        "via": move.via,
        "quote": move.quote[:80],
        "line": places.line(move.quote),
        "certain": move.certain,
        "carries": move.carries,
        "carries_why": move.data,
    }


def _denial(denial: Denial, places: Places) -> Record:
    return {"from": denial.source, "to": denial.target, "why": denial.quote, "line": places.line(denial.quote)}


def _changes(truth: FormTruth, places: Places, plan: Plan) -> list[Record]:
    if "変更箇所" in plan.missing:
        return []
    return [
        {
            "date": change.date,
            "item": change.item,
            "before": change.before[:60],
            "after": change.after[:60],
            "timing": change.timing,
            "line": places.line(change.printed + change.item),
        }
        for change in truth.changes
    ]


def _incidents(truth: FormTruth, places: Places) -> list[Record]:
    printed = truth.incident == "発生あり" and truth.form != "基礎項目"
    content = truth.incident_content if printed else None
    line = places.line("重大事故が発生したか")
    return [{"occurred": truth.incident, "content": content, "line": line}]


def _gaps(truth: FormTruth, plan: Plan) -> list[Record]:
    names = {part.name for part in lay_out(truth)}
    whats = [f"{name} が本文にない" for name in sorted(plan.missing & names)]
    if not truth.annexes_present and truth.form != "基礎項目":
        whats.append("別添の記録項目が本文にない")
    if not truth.published:
        whats.append("公表日の値がない")
    basic = truth.form == "基礎項目"
    whats += [
        f"{file.name} 委託事項{matter.number} の委託先の名がない"
        for file in (() if basic else truth.files)
        for matter in file.entrustments
        if not matter.entrustees
    ]
    return [{"what": what, "line": 1} for what in whats]
