"""From a source text to facts: the one way through the package."""

from __future__ import annotations

from dataclasses import dataclass, replace

from extract.errors import NotAnAssessment
from extract.facts import Facts
from extract.flows.reader import find_flows
from extract.outline import Outline, make_outline
from extract.receipt import Receipt, make_receipt
from extract.rules.appended import read_appended
from extract.rules.changes import read_changes
from extract.rules.context import Context
from extract.rules.entrustments import read_entrustments
from extract.rules.files import name_sections, read_categories, read_files, read_get_media, read_sources, read_uses
from extract.rules.gaps import find_gaps, marks_of
from extract.rules.handovers import read_declared, read_handling_media, read_handovers
from extract.rules.incidents import read_incidents
from extract.rules.legal import read_legal_bases
from extract.rules.movements import Stated, flows_of_items, with_stated_number
from extract.rules.named import named_systems
from extract.rules.overview import read_aliases, read_departments, read_evaluation, read_other_agencies, tell_form
from extract.rules.prose import names_of, passages_of
from extract.rules.storage import read_storages
from extract.rules.systems import read_connections, read_systems
from extract.source import Source
from extract.stream import make_stream

_SIGN = "特定個人情報"
_FEWEST_ITEMS = 4


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What came of reading one document: its facts, and the receipt of how much was read."""

    source: Source
    facts: Facts
    receipt: Receipt


def read_document(source: Source) -> Reading:
    """Read one assessment. Raises NotAnAssessment if the text is none; nothing else for content."""
    outline = make_outline(make_stream(source))
    _require_assessment(source, outline)
    context = Context(outline, tell_form(outline))
    evaluation = read_evaluation(context)
    aliases = read_aliases(context)
    systems = read_systems(context, aliases)
    sections = name_sections(context)
    changes = read_changes(context)
    facts = Facts(
        evaluation=evaluation,
        departments=tuple(read_departments(context)),
        other_agencies=tuple(read_other_agencies(context)),
        aliases=tuple(aliases),
        systems=tuple(systems),
        connections=tuple(read_connections(context, systems)),
        files=tuple(read_files(context, sections)),
        categories=tuple(read_categories(context, sections, changes)),
        sources=tuple(read_sources(context, sections, changes)),
        media=(*read_get_media(context, sections, changes), *read_handling_media(context, sections)),
        uses=tuple(read_uses(context, sections)),
        entrustments=tuple(read_entrustments(context, sections, aliases)),
        handovers=(*read_handovers(context, sections), *read_appended(context, sections)),
        storages=tuple(read_storages(context, sections)),
        legal_bases=tuple(read_legal_bases(context, sections, aliases)),
        changes=tuple(changes),
        incidents=tuple(read_incidents(context)),
        declared=tuple(read_declared(context, sections)),
    )
    gaps = find_gaps(
        context,
        evaluation=evaluation,
        sections=sections,
        connections=facts.connections,
        declared=facts.declared,
        entrustments=facts.entrustments,
        changes=changes,
        marks=list(marks_of(facts.each())),
    )
    stated = Stated(
        evaluation=evaluation,
        files=facts.files,
        categories=facts.categories,
        sources=facts.sources,
        media=facts.media,
        entrustments=facts.entrustments,
        handovers=facts.handovers,
        legal_bases=facts.legal_bases,
    )
    prose = find_flows(source, passages_of(context, sections, systems, stated), names_of(stated, systems, aliases))
    flows = (*with_stated_number(stated, flows_of_items(stated), prose.flows), *prose.flows)
    facts = replace(
        facts,
        flows=flows,
        denied_flows=prose.denied,
        systems=(*systems, *named_systems(systems, flows)),
        gaps=tuple(gaps),
    )
    receipt = make_receipt(outline, facts, read=prose.read, unread=prose.unread)
    return Reading(source=source, facts=facts, receipt=receipt)


def _require_assessment(source: Source, outline: Outline) -> None:
    found = {block.key for block in outline.blocks}
    if _SIGN not in outline.stream.text or len(found) < _FEWEST_ITEMS:
        raise NotAnAssessment(
            "this text is no 特定個人情報保護評価書: the form's items are not in it",
            where=source.path or source.name,
            todo="give the text of an assessment (様式2, 3 or 4)",
        )
