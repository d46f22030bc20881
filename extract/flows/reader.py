"""Reads passages into flows: sentences, frames, arrows, and for each arrow a fact with its words.

The one way through the package; knows what the parts give, not how.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.facts import Carries, Certainty, DeniedFlow, EndKind, Evidence, Flow, FlowKind
from extract.flows.arrows import Arrow, End, Scene, Speaker
from extract.flows.carries import by_rules, find_pairs, judge
from extract.flows.cases import Role
from extract.flows.clauses import Frame, find_frames
from extract.flows.ends import Gazetteer
from extract.flows.matter import find_data, is_personal, is_security, medium_of
from extract.flows.moves import find_arrows
from extract.flows.passages import FlowReading, Names, Passage
from extract.flows.sentences import Sentence, find_sentences
from extract.flows.statements import Draft, Statements, find_statements
from extract.flows.verbs import Move
from extract.normalize import clean, folded
from extract.source import Source, Span

_PAST = re.compile(
    r"(?:従前|従来|以前|これまで|かつて|改正前|変更前|更改前|移行前)(?:は|では|も|、)[^。]*(?:ていた|ておりました|であった|ていたが)"
)
_PLANNED = re.compile(r"予定(?:である|であり|とし|している|$)|検討(?:中|し)")
_PARTLY = re.compile(
    r"不適切|不正|目的外|不要|不必要|必要(?:の)?(?:ない|以上)|(?:以外|許可されていない|権限のない|関係のない|誤っ)[^、。]{0,12}(?:情報|データ|者|職員)"
)
_RISKS = re.compile(r"(?:III|Ⅲ|IV|Ⅳ|V|Ⅴ)(?:-|\b)")
_HEADER = re.compile(r"(?:の(?:運用|業務|事務)|側)?(?:における|に係る|について)")
_WITHOUT = re.compile(
    r"[^、。]{0,20}?(?:、|に[はも]?|は)[^、。]{0,4}(?:個人番号|マイナンバー)[^、。]{0,14}(?:ない|ず|除)"
)
_FOR_DATA = re.compile(r"照会|求め")
_CONTAINED = re.compile(r"に含まれる(?:個人番号|マイナンバー)")
_CLAUSE_LIMIT = 400


@dataclass(frozen=True, slots=True)
class _Found:
    """An arrow with all that its fact needs but the document's statements."""

    arrow: Arrow
    draft: Draft
    evidence: Evidence
    passage: Passage
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class _Heard:
    """A sentence with its passage and who speaks in it."""

    passage: Passage
    sentence: Sentence
    speaker: Speaker
    headed: bool


def find_flows(source: Source, passages: Sequence[Passage], names: Names) -> FlowReading:
    """Return the movements that ``passages`` describe, in their order.

    Each flow has the words it stands on; an end that the sentence leaves to be understood makes it
    ``implied``, a direction or a plan that the text leaves open ``unclear``.
    """
    gazetteer = Gazetteer(names)
    agency = _agency(names)
    heard = [h for passage in passages for h in _hear(source, passage, gazetteer, agency)]
    statements = find_statements((h.sentence for h in heard), gazetteer)
    found: list[_Found] = []
    unread: list[Evidence] = []
    read = 0
    for one in heard:
        arrows, moves = _read_sentence(source, one, gazetteer)
        found.extend(arrows)
        read += bool(arrows)
        if moves and not arrows:
            unread.append(_evidence(source, one.passage, one.sentence, 0, len(one.sentence.text)))
    return FlowReading(
        flows=tuple(_flows(found, statements)),
        denied=tuple(_denial(f) for f in found if f.arrow.denied),
        read=read,
        unread=tuple(unread),
    )


def _agency(names: Names) -> End | None:
    """Return the agency under the name that the text gives it (以下「広域連合」という), else its own."""
    if not names.agency:
        return None
    own = next((alias for alias in names.aliases if len(alias) > 1 and names.agency.endswith(alias)), names.agency)
    return End(own, EndKind.BODY)


def _hear(source: Source, passage: Passage, gazetteer: Gazetteer, agency: End | None) -> Iterator[_Heard]:
    """Yield the passage's sentences; a heading <Xにおける措置> makes X the speaker of what follows it."""
    own = End(passage.speaker, passage.speaker_kind) if passage.speaker else None
    header: End | None = None
    for sentence in find_sentences(source.quote(passage.span), passage.span.start):
        if sentence.header:
            header = _headed(sentence.text, gazetteer)
        itself = bool(header and agency and gazetteer.same(header.name, agency.name))
        speaker = (own or agency if itself else None) or header or own or agency
        yield _Heard(passage, sentence, Speaker(speaker, agency), header is not None)


def _headed(text: str, gazetteer: Gazetteer) -> End | None:
    found = [m for m in gazetteer.find_mentions(text) if _HEADER.match(text, m.end)]
    return End(found[-1].name, found[-1].kind) if found else None


def _read_sentence(source: Source, heard: _Heard, gazetteer: Gazetteer) -> tuple[list[_Found], bool]:
    """Return what a sentence says of movements, and whether it speaks of any at all."""
    sentence = heard.sentence
    risks = bool(_RISKS.match(heard.passage.item))
    if _PAST.search(sentence.text) or (risks and is_security(sentence.text)):
        return [], False
    frames = find_frames(sentence.text, gazetteer)
    found: dict[tuple[str, str, str | None, bool], _Found] = {}
    moves = False
    for arrow in find_arrows(Scene(sentence.text, heard.speaker, gazetteer.same), frames):
        data, since = _matter(sentence.text, arrow, frames)
        clause = sentence.text[since : arrow.frame.verb.end]
        if not is_personal(data, clause, risks=risks) or _is_bare_request(arrow, data):
            continue
        moves = True
        if _doubtful(arrow, heard, risks):
            continue
        key = (arrow.source.name, arrow.target.name, data, arrow.denied)
        found.setdefault(key, _found(source, heard, arrow, data, since))
    return list(found.values()), moves or any(frame.arguments for frame in frames)


def _matter(text: str, arrow: Arrow, frames: list[Frame]) -> tuple[str | None, int]:
    """Return what moves and where the words about it begin; …を受領し、Bに登録する moves the same twice."""
    frame = arrow.frame
    data = "照会の結果" if arrow.answer else find_data(text, frame)
    if data is None and not frame.verb.nominal:
        before = next((f for f in reversed(frames[: frames.index(frame)]) if not f.verb.nominal), None)
        if before and (before.verb.goes_on or before.verb.before_noun) and (data := find_data(text, before)):
            return data, before.since
    return data, frame.since


def _is_bare_request(arrow: Arrow, data: str | None) -> bool:
    """各課からの依頼: a request of which the text does not say what for."""
    verb = arrow.frame.verb
    return data is None and verb.nominal and verb.move is Move.ASK and not _FOR_DATA.search(verb.word)


def _doubtful(arrow: Arrow, heard: _Heard, risks: bool) -> bool:
    """Whether the arrow says less than it seems: denied for some data only, or understood amid risks."""
    verb = arrow.frame.verb
    text = heard.sentence.text[arrow.frame.since : verb.end]
    if arrow.denied and (verb.partly or _PARTLY.search(text)):
        return True
    understood = arrow.certainty is Certainty.IMPLIED
    if arrow.denied and understood and not (heard.headed or heard.passage.speaker):
        return True
    if understood and EndKind.PLACE in (arrow.source.kind, arrow.target.kind):
        return True
    if understood and arrow.target.name.startswith(arrow.source.name + "の"):
        return True
    if not risks:
        return False
    if arrow.frame.argument(Role.BOTH) and understood:
        return True
    if _PARTLY.search(text):
        return True
    if understood and verb.move is Move.ASK and arrow.target.mention is None:
        return True
    understood = understood and not heard.headed
    return understood and not (arrow.target.mention is None and not arrow.denied)


def _found(source: Source, heard: _Heard, arrow: Arrow, data: str | None, since: int) -> _Found:
    sentence, frame = heard.sentence, arrow.frame
    mentions = [end.mention for end in (arrow.source, arrow.target) if end.mention]
    start = min([frame.verb.start, *(m.start for m in mentions)])
    end = max([frame.verb.end, *(m.end for m in mentions)])
    via = _via(frame, arrow)
    draft = Draft(
        _printed(source, sentence, arrow.source),
        _printed(source, sentence, arrow.target),
        arrow.source.kind,
        arrow.target.kind,
        data,
        via,
        _words(sentence, min(since, start), end, data),
        sentence.whole.text,
        stated=arrow.certainty is Certainty.STATED,
    )
    certainty = Certainty.UNCLEAR if _PLANNED.search(sentence.text, frame.verb.end) else arrow.certainty
    return _Found(arrow, draft, _evidence(source, heard.passage, sentence, start, end), heard.passage, certainty)


def _printed(source: Source, sentence: Sentence, end: End) -> str:
    """Return the end's name as printed, folded only where the layout cuts it."""
    if end.mention is None:
        return end.name
    span = Span(sentence.offsets[end.mention.start], sentence.offsets[end.mention.end - 1] + 1)
    printed = clean(source.quote(span))
    return printed if len(printed) == len(end.name) else end.name


def _words(sentence: Sentence, start: int, end: int, data: str | None) -> str:
    """Return the clause with its parentheses, and the noun after it where that is what moves."""
    after = sentence.text.find(data, end) if data else -1
    if 0 <= after - end < 8 and data:
        end = after + len(data)
        if contained := _CONTAINED.match(sentence.text, end):
            end = contained.end()
    if beyond := _WITHOUT.match(sentence.text, end):
        end = beyond.end()
    first = sentence.whole.at(sentence.offsets[start])
    last = sentence.whole.at(sentence.offsets[end - 1]) + 1
    return sentence.whole.text[first:last][-_CLAUSE_LIMIT:]


def _via(frame: Frame, arrow: Arrow) -> str | None:
    ends = {arrow.source.name, arrow.target.name}
    named = [m.name for a in frame.arguments if a.role in (Role.VIA, Role.TOOL) for m in a.names if m.name not in ends]
    tools = [a.tool for a in frame.arguments if a.tool]
    return "、".join([*named, *tools]) or None


def _evidence(source: Source, passage: Passage, sentence: Sentence, start: int, end: int) -> Evidence:
    span = Span(sentence.offsets[start], sentence.offsets[end - 1] + 1)
    line = source.line_of(span.start)
    return Evidence(item=passage.item, line=line, quote=source.quote(span), start=span.start, end=span.end)


def _denial(found: _Found) -> DeniedFlow:
    return DeniedFlow(
        evidence=(found.evidence,), source=found.draft.source, target=found.draft.target, why=found.draft.clause
    )


def _flows(found: list[_Found], statements: Statements) -> Iterator[Flow]:
    """Yield the flows with what they carry: by their own words, then by what is stated of their pair of ends."""
    kept = [f for f in found if not f.arrow.denied]
    judged = [(f.draft, *judge(f.draft, statements)) for f in kept]
    pairs = find_pairs(judged)
    owners = {
        folded(name.split("の", 1)[1]): name.split("の", 1)[0]
        for f in kept
        for name in (f.draft.source, f.draft.target)
        if "の" in name
    }
    for one, (draft, carries, why) in zip(kept, judged, strict=True):
        if carries is Carries.UNCLEAR:
            carries, why = by_rules(draft, (*pairs, *statements.rules), owners)
        yield _flow(one, carries, why)


def _flow(found: _Found, carries: Carries, why: str | None) -> Flow:
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
