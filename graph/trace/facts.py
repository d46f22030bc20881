"""What one document says of movements, out of its facts."""

from __future__ import annotations

from collections.abc import Iterator

from extract.facts import Certainty, Change, Citation, Connection, DeniedFlow, EndKind, Facts, Flow, Mark
from graph.trace.edges import Aside, Kind, Movement, Sheet

PAST = "変更前の記載にのみある / only in what a change replaced"
DENIED = "否定された流れの端 / the end of a movement that the text denies"


def sheet_of(facts: Facts, document: str) -> Sheet:
    """Return what the document called ``document`` says of movements."""
    about = facts.evaluation
    held = {file.name: file.department for file in facts.files if file.department}
    ends = [department.name for department in facts.departments] + list(held.values())
    return Sheet(
        document=document,
        agency=about.agency or "",
        office=about.office,
        systems=tuple((system.name, *system.aliases) for system in facts.systems),
        aliases=tuple((alias.short, alias.full) for alias in facts.aliases),
        departments=tuple(held.items()),
        ends=tuple(ends),
        movements=tuple(_movements(facts)),
        denied=tuple(_denied(flow) for flow in facts.denied_flows),
        past=tuple(_past(change) for change in facts.changes if change.before),
    )


def cite(citation: Citation) -> str:
    """Return a provision as it is read aloud.

    >>> from extract.facts import Citation
    >>> cite(Citation(law="番号法", article="9", paragraph="1", table="別表", table_item="85"))
    '番号法第9条第1項別表の85の項'
    >>> cite(Citation(law="高齢者の医療の確保に関する法律", article="165の2"))
    '高齢者の医療の確保に関する法律第165条の2'
    """
    number, *branch = citation.article.split("の", 1)
    article = f"第{number}条" + "".join(f"の{part}" for part in branch) if number else ""
    parts = [
        (citation.paragraph, "第{}項"),
        (citation.item, "第{}号"),
        (citation.subitem, "{}"),
        (citation.table, "{}"),
    ]
    tail = "".join(form.format(value) for value, form in parts if value)
    row = f"の{citation.table_item}の項" if citation.table_item else ""
    return f"{citation.law}{article}{tail}{row}"


def _movements(facts: Facts) -> Iterator[Movement]:
    for flow in facts.flows:
        yield _movement(flow)
    for connection in facts.connections:
        if connection.mark.state is not Mark.NO:
            yield _connection(connection)


def _movement(flow: Flow) -> Movement:
    place = flow.evidence[0]
    return Movement(
        source=flow.source,
        target=flow.target,
        kind=Kind(flow.kind),
        source_kind=flow.source_kind,
        target_kind=flow.target_kind,
        carries=flow.carries,
        certainty=flow.certainty,
        via=flow.via,
        medium=flow.medium,
        data=flow.data,
        file=flow.file,
        item=place.item,
        line=place.line,
        quote=place.quote,
        legal_bases=tuple(map(cite, flow.legal_bases)),
    )


def _connection(connection: Connection) -> Movement:
    place = connection.evidence[0]
    ticked = connection.mark.state is Mark.YES
    return Movement(
        source=connection.system,
        target=connection.target,
        kind=Kind.CONNECTION,
        source_kind=EndKind.SYSTEM,
        target_kind=EndKind.SYSTEM,
        certainty=Certainty.STATED if ticked else Certainty.UNCLEAR,
        item=place.item,
        line=place.line,
        quote=place.quote,
    )


def _denied(flow: DeniedFlow) -> Aside:
    place = flow.evidence[0]
    return Aside(name=flow.source, target=flow.target, why=DENIED, line=place.line, quote=place.quote)


def _past(change: Change) -> Aside:
    place = change.evidence[0]
    return Aside(name=change.before or "", why=PAST, line=place.line, quote=place.quote)
