"""Reads passages into flows: hears each sentence, finds its movements, and settles what they carry.

The one way through the package; knows what the parts give, not how.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.facts import Carries, Certainty, DeniedFlow, EndKind, Evidence, Flow, FlowKind
from extract.flows.arrows import End, Speaker
from extract.flows.carries import by_rules, find_pairs, judge
from extract.flows.ends import Gazetteer
from extract.flows.findings import Finding, Heard, evidence_of, find_movements
from extract.flows.matter import medium_of
from extract.flows.passages import FlowReading, Names, Passage
from extract.flows.sentences import find_sentences
from extract.flows.statements import Statements, find_statements
from extract.normalize import folded
from extract.source import Source, Span

_HEADER = re.compile(r"(?:の(?:運用|業務|事務)|側)?(?:における|に係る|について)")


def find_flows(source: Source, passages: Sequence[Passage], names: Names) -> FlowReading:
    """Return the movements that ``passages`` describe, in their order.

    Each flow has the words it stands on; an end that the sentence leaves to be understood makes it
    ``implied``, a direction or a plan that the text leaves open ``unclear``.

    >>> from extract.source import Span, source_of_text
    >>> source = source_of_text("市は、県から個人番号を含む資格情報を受領する。")
    >>> passage = Passage(item="I-1.②", span=Span(0, len(source.text)))
    >>> [(f.source, f.target, f.data, str(f.carries)) for f in find_flows(source, [passage], Names()).flows]
    [('県', '市', '個人番号を含む資格情報', 'number')]
    """
    gazetteer = Gazetteer(names)
    agency = _agency(names)
    heard = [one for passage in passages for one in _hear(source, passage, gazetteer, agency)]
    found: list[Finding] = []
    unread: list[Evidence] = []
    read = 0
    for one in heard:
        findings, moves = find_movements(source, one, gazetteer)
        found.extend(findings)
        read += bool(findings)
        if moves and not findings:
            unread.append(evidence_of(source, one, 0, len(one.sentence.text)))
    statements = find_statements((one.sentence for one in heard), gazetteer)
    denied = [one for one in found if one.denied]
    return FlowReading(
        flows=tuple(_flows(_undenied(found, denied), statements)),
        denied=tuple(_denial(one) for one in denied),
        read=read,
        unread=tuple(unread),
    )


def _agency(names: Names) -> End | None:
    """Return the agency under the name that the text gives it (以下「広域連合」という), else its own."""
    if not names.agency:
        return None
    own = next((alias for alias in names.aliases if len(alias) > 1 and names.agency.endswith(alias)), names.agency)
    return End(own, EndKind.BODY)


def _hear(source: Source, passage: Passage, gazetteer: Gazetteer, agency: End | None) -> Iterator[Heard]:
    """Yield the passage's sentences; a heading <Xにおける措置> makes X the speaker of what follows it."""
    own = End(passage.speaker, passage.speaker_kind) if passage.speaker else None
    header: End | None = None
    for sentence in find_sentences(source.quote(passage.span), passage.span.start):
        if sentence.header:
            header = _headed(sentence.text, gazetteer)
        itself = bool(header and agency and gazetteer.same(header.name, agency.name))
        speaker = (own or agency if itself else None) or header or own or agency
        yield Heard(passage, sentence, Speaker(speaker, agency), header is not None)


def _headed(text: str, gazetteer: Gazetteer) -> End | None:
    found = [m for m in gazetteer.find_mentions(text) if _HEADER.match(text, m.end)]
    return End(found[-1].name, found[-1].kind) if found else None


def _undenied(found: list[Finding], denied: list[Finding]) -> list[Finding]:
    """Return the movements that no sentence denies; where the text contradicts itself, as unclear."""
    pairs = {_pair(one) for one in denied}
    kept = [one for one in found if not one.denied]
    free = [one for one in kept if _pair(one) not in pairs or one.draft.stated]
    return [replace(one, certainty=Certainty.UNCLEAR) if _pair(one) in pairs else one for one in free]


def _pair(found: Finding) -> tuple[str, str]:
    return folded(found.draft.source), folded(found.draft.target)


def _denial(found: Finding) -> DeniedFlow:
    draft = found.draft
    return DeniedFlow(evidence=(found.evidence,), source=draft.source, target=draft.target, why=draft.clause)


def _flows(found: list[Finding], statements: Statements) -> Iterator[Flow]:
    """Yield the flows with what they carry: by their own words, then by what is stated of their pair of ends."""
    judged = [(one.draft, *judge(one.draft, statements)) for one in found]
    rules = (*find_pairs(judged), *statements.rules)
    owners = _owners(found)
    settled = [
        (carries, why) if carries is not Carries.UNCLEAR else by_rules(draft, rules, owners)
        for draft, carries, why in judged
    ]
    for one, said in zip(found, _with_headings(found, settled), strict=True):
        yield _flow(one, *said)


def _with_headings(
    found: list[Finding], settled: list[tuple[Carries, str | None]]
) -> Iterator[tuple[Carries, str | None]]:
    """Yield what each movement carries; a heading that names no data carries what the text below it agrees on."""
    told: dict[tuple[Span, str, str], list[tuple[Carries, str | None]]] = {}
    for one, said in zip(found, settled, strict=True):
        if said[0] is not Carries.UNCLEAR:
            told.setdefault((one.passage.span, *_pair(one)), []).append(said)
    for one, said in zip(found, settled, strict=True):
        below = told.get((one.passage.span, *_pair(one)), [])
        agreed = len({carries for carries, _ in below}) == 1
        bare = said[0] is Carries.UNCLEAR and one.draft.data is None
        yield below[0] if bare and agreed else said


def _owners(found: list[Finding]) -> dict[str, str]:
    """Return whose each thing is that some sentence names with its owner: 窓口端末 of 市区町村の窓口端末."""
    names = [name for one in found for name in (one.draft.source, one.draft.target) if "の" in name]
    return {folded(name.split("の", 1)[1]): name.split("の", maxsplit=1)[0] for name in names}


def _flow(found: Finding, carries: Carries, why: str | None) -> Flow:
    draft = found.draft
    return Flow(
        evidence=(found.evidence,),
        kind=FlowKind.NARRATIVE,
        source=draft.source,
        target=draft.target,
        source_kind=draft.source_kind,
        target_kind=draft.target_kind,
        data=draft.data,
        via=draft.via,
        medium=medium_of(draft.via),
        carries=carries,
        carries_why=why,
        certainty=found.certainty,
        file=found.passage.file,
    )
