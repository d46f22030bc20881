"""Writes the gold of section Ⅱ: files, sources, media, entrustments, provisions and transfers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.forms.gold_marks import MarkReader, Record
    from tests.forms.truth import EntrustmentTruth, FileTruth, FormTruth, HandoverTruth

_LISTS = (
    "files",
    "acquisitions",
    "acquisition_methods",
    "use",
    "entrustments",
    "entrustment_count_declared",
    "provisions",
    "provision_count_declared",
    "transfers",
    "form_flows",
)


def file_rows(truth: FormTruth, marks: MarkReader) -> Record:
    """Return the lists of the gold that speak of files; ``form_flows`` are the movements that form items state."""
    gold: Record = {name: [] for name in _LISTS}
    for at, file in enumerate(truth.files):
        if truth.form == "基礎項目":
            gold["files"].append(_bare_file(file, marks))
            continue
        gold["files"].append(_file(file, at, truth.form, marks))
        _acquisition_rows(gold, file, at, marks)
        _entrustment_rows(gold, file, at, truth, marks)
        if f"Ⅱ-5/{at}" not in marks.plan.missing:
            _handover_rows(gold, file, at, truth, marks)
    return gold


def _bare_file(file: FileTruth, marks: MarkReader) -> Record:
    empty = dict.fromkeys(("kind", "subjects", "scope", "items", "since", "department", "retention"))
    return {"name": file.name, **empty, "categories": [], "storage_sites": [], "line": marks.places.line(file.name)}


def _file(file: FileTruth, at: int, form: str, marks: MarkReader) -> Record:
    return {
        "name": file.name,
        "kind": file.kind,
        "subjects": file.subjects,
        "scope": file.scope,
        "items": file.items,
        "since": file.since,
        "department": file.department,
        "categories": [{"label": box.label, **state, "why": ""} for box, state in marks.read(f"categories/{at}")],
        "retention": file.retention if form == "全項目" else None,
        "storage_sites": list(file.sites),
        "line": marks.places.line(file.name, marks.places.section(at)),
    }


def _acquisition_rows(gold: Record, file: FileTruth, at: int, marks: MarkReader) -> None:
    start = marks.places.section(at)
    line = marks.places.line("①入手元", start)
    for box, state in marks.read(f"sources/{at}"):
        row = {"file": file.name, "source_kind": box.label, "names": list(box.names), **state, "why": ""}
        gold["acquisitions"].append({**row, "line": line})
        for name in box.names or ((box.label,) if box.ticked and box.label.startswith("本人") else ()):
            gold["form_flows"].append(
                _flow((name, file.department), "特定個人情報", name, marks.places.line(name, start), certain=True)
            )
    for box, state in marks.read(f"media/{at}"):
        medium = box.label.partition("(")[0]
        row = {"file": file.name, "medium": medium, "detail": box.detail or "", **state, "why": ""}
        gold["acquisition_methods"].append({**row, "line": marks.places.line("②入手方法", start)})
    gold["use"].append(
        {
            "file": file.name,
            "departments": list(file.departments),
            "users": file.users,
            "matching_sources": list(file.matching_sources),
            "line": marks.places.line("使用部署", start),
        }
    )


def _flow(ends: tuple[str, str], data: str, quote: str, line: int, *, certain: bool) -> Record:
    row = {"from": ends[0], "to": ends[1], "data": data, "via": None, "quote": quote[:80], "line": line}
    return {**row, "certain": certain}


def _entrustment_rows(gold: Record, file: FileTruth, at: int, truth: FormTruth, marks: MarkReader) -> None:
    start = marks.places.section(at)
    count = len(file.entrustments) or None
    gold["entrustment_count_declared"].append(
        {"file": file.name, "count": count, "line": marks.places.line("委託の有無", start)}
    )
    for matter in file.entrustments:
        line = marks.places.line(f"委託事項{matter.number}{matter.subject}", start)
        gold["entrustments"].append(_entrustment(file, matter, truth.form, line))
        gold["form_flows"] += [
            _flow(
                (truth.agency, body), file.name, matter.content, marks.places.line(matter.content, start), certain=False
            )
            for body in matter.entrustees
        ]


def _entrustment(file: FileTruth, matter: EntrustmentTruth, form: str, line: int) -> Record:
    full = form == "全項目"
    methods = [
        {"medium": box.label.partition("(")[0], "state": "yes" if box.ticked else "no", "detail": box.detail or ""}
        for box in matter.media
    ]
    return {
        "file": file.name,
        "no": matter.number,
        "subject": matter.subject,
        "content": matter.content,
        "entrustees": list(matter.entrustees),
        "entrustee_raw": matter.entrustee,
        "headcount": matter.headcount,
        "methods": methods if full else [],
        "scope": matter.scope[-2:] if full else None,
        "re_entrusted": "yes" if matter.re_entrusted else "no",
        "sub_entrustees": list(matter.sub_entrustees),
        "permission": matter.permission[:60] or None,
        "re_entrusted_matter": matter.matter[:60] or None,
        "line": line,
    }


def _handover_rows(gold: Record, file: FileTruth, at: int, truth: FormTruth, marks: MarkReader) -> None:
    start = marks.places.section(at)
    counts = {"provision": len(file.provisions) or None, "transfer": len(file.transfers) or None}
    line = marks.places.line("提供・移転の有無", start)
    gold["provision_count_declared"].append({"file": file.name, **counts, "line": line})
    for name, word, handovers in (("provisions", "提供", file.provisions), ("transfers", "移転", file.transfers)):
        for handover in handovers:
            line = marks.places.line(f"{word}先{handover.number}{handover.recipient}", start)
            media = marks.read(f"{word}/{at}/{handover.number}")
            gold[name].append(
                {
                    **_handover(file, handover),
                    "media": [{"medium": box.label.partition("(")[0], **state} for box, state in media],
                    "line": line,
                }
            )
            gold["form_flows"].append(
                _flow((truth.agency, handover.recipient), handover.data, handover.recipient, line, certain=False)
            )


def _handover(file: FileTruth, handover: HandoverTruth) -> Record:
    return {
        "file": file.name,
        "no": handover.number,
        "recipient": handover.recipient,
        "legal_basis": handover.basis.text,
        "purpose": handover.purpose[:60],
        "data": handover.data[:60],
        "frequency": handover.frequency[:60],
    }
