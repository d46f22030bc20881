"""Reads passages into flows: hears each sentence, finds its movements, and settles what they carry.

The one way through the package; knows what the parts give, not how.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from extract.facts import Carries, Certainty, DeniedFlow, EndKind, Flow, FlowKind
from extract.flows.arrows import End, Speaker
from extract.flows.carries import Verdict, by_rules, find_pairs, judge
from extract.flows.conditions import plain_end
from extract.flows.contents import Said, find_contents
from extract.flows.ends import Gazetteer
from extract.flows.findings import Finding, Heard, evidence_of, find_movements
from extract.flows.matter import medium_of
from extract.flows.objects import Memory, is_general, plain_matter
from extract.flows.passages import FlowReading, Names, Passage
from extract.flows.sentences import find_sentences
from extract.flows.statements import Statements, find_own, find_statements
from extract.normalize import folded
from extract.source import Source, Span

_TITLE = re.compile(
    r"[^、。をがは]{2,40}(?:送信|受信|送付|入手|取得|受領|提供|移転|連携|登録|照会|配信|作成|更新|抽出|確定|引き?継ぎ|通知|受付|管理|機能|業務|事務|措置|処理)(?:等|など)?"
)
_BY_TITLE = re.compile(r"(?:による|からの|を通じた|を利用した|を使用した)(?:入手|取得|照会|提供|連携)$")
_HEADER = re.compile(
    r"(?:・?ソフトウェア|の(?:運用|業務|事務)|側|内)?(?:における|に係る|について|での|の措置|で(?:講じる|実施する))"
)


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
    gazetteer = Gazetteer(names, folded(source.text))
    agency = _agency(names)
    heard = [one for passage in passages for one in _hear(source, passage, gazetteer, agency)]
    account = _Account()
    for one in heard:
        account.add(one, *find_movements(source, one, gazetteer))
    statements = find_statements((one.sentence for one in heard), gazetteer)
    own = (rule for one in heard if (name := _own_system(one)) for rule in find_own(one.sentence.text, name))
    statements = replace(statements, rules=(*statements.rules, *own))
    denied = [one for one in account.found if one.denied]
    return FlowReading(
        flows=tuple(_flows(_undenied(account.found, denied), account.told, statements, names)),
        denied=tuple(_denial(one) for one in denied),
        read=account.read,
        unread=tuple(evidence_of(source, one, 0, len(one.sentence.text)) for one in account.unread),
    )


class _Account:
    """What has been found so far, and what later sentences say of it."""

    def __init__(self) -> None:
        self.found: list[Finding] = []
        self.told: dict[Finding, Verdict] = {}
        self.unread: list[Heard] = []
        self.read = 0
        self._passage: Passage | None = None
        self._recent: list[list[Finding]] = []

    def add(self, heard: Heard, findings: list[Finding], moves: bool) -> None:
        """Take in a sentence: what it says of those before it, and what it moves itself."""
        if heard.passage is not self._passage:
            self._passage, self._recent = heard.passage, []
        for said in find_contents(heard.sentence.text):
            self._tell(said)
        for part in heard.sentence.text.split("が、")[1:]:
            for said in find_contents(part):
                self.told.update({one: (said.carries, said.why) for one in findings if said.concerns(one.draft)})
        self.found.extend(findings)
        self.read += bool(findings)
        if findings:
            self._recent = [*self._recent[-2:], findings]
        elif moves:
            self.unread.append(heard)

    def _tell(self, said: Said) -> None:
        """Note what is said of the nearest sentence with a movement that it concerns."""
        for findings in reversed(self._recent[-1:] if said.of_last else self._recent):
            concerned = [one for one in findings if said.concerns(one.draft)]
            for one in concerned:
                self.told.setdefault(one, (said.carries, said.why))
            if concerned:
                return
        last = self._recent[-1:] if said.pointed else []
        for one in (one for findings in last for one in findings if len({_pair(each) for each in findings}) == 1):
            self.told.setdefault(one, (said.carries, said.why))


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
    memory = Memory()
    for sentence in find_sentences(source.quote(passage.span), passage.span.start):
        if sentence.header:
            header = _headed(sentence.text, gazetteer)
        if sentence.header or _TITLE.fullmatch(sentence.text):
            memory = Memory(sentence.text, _partner(sentence.text, gazetteer))
        itself = bool(header and agency and gazetteer.same(header.name, agency.name))
        behind = None if passage.unnamed else agency
        speaker = (own or agency if itself else None) or header or own or behind
        headed = header is not None
        yield Heard(passage, sentence, Speaker(speaker, behind, passage.entrusted, headed), headed, memory)


def _own_system(heard: Heard) -> str | None:
    """Return the system whose ②システムの機能 the sentence is."""
    passage = heard.passage
    return passage.speaker if passage.speaker_kind is EndKind.SYSTEM and not heard.headed else None


def _partner(text: str, gazetteer: Gazetteer) -> tuple[str, EndKind] | None:
    """Return the system by which a title says that data come or go: 甲による入手."""
    found = [m for m in gazetteer.find_mentions(text) if m.kind is EndKind.SYSTEM and _BY_TITLE.match(text, m.end)]
    return (found[-1].name, found[-1].kind) if found else None


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


def _flows(
    found: list[Finding], told: Mapping[Finding, Verdict], statements: Statements, names: Names
) -> Iterator[Flow]:
    """Yield the flows with what they carry: by their own words, then by what is stated of their pair of ends."""
    judged = [(one.draft, judge(one.draft, told.get(one), statements)) for one in found]
    rules = (*find_pairs(judged), *statements.rules)
    owners = _owners(found, names)
    settled = [said if said[0] is not Carries.UNCLEAR else by_rules(draft, rules, owners) for draft, said in judged]
    for one, said in zip(found, _passed_on(found, list(_with_headings(found, settled))), strict=True):
        yield _flow(one, *said)


def _with_headings(found: list[Finding], settled: list[Verdict]) -> Iterator[Verdict]:
    """Yield what each movement carries; a heading that names no data carries what the text below it agrees on."""
    told: dict[tuple[Span, str, str], list[Verdict]] = {}
    for one, said in zip(found, settled, strict=True):
        if said[0] is not Carries.UNCLEAR:
            told.setdefault((one.passage.span, *_pair(one)), []).append(said)
    for one, said in zip(found, settled, strict=True):
        below = told.get((one.passage.span, *_pair(one)), [])
        agreed = len({carries for carries, _ in below}) == 1
        titled = bool(one.draft.heading) and one.draft.heading in one.draft.sentence
        bare = titled and said[0] is Carries.UNCLEAR and one.draft.data is None
        yield below[0] if bare and agreed else said


def _passed_on(found: list[Finding], settled: list[Verdict]) -> Iterator[Verdict]:
    """Yield what each movement carries; what goes on from where it came to goes on with what it came with."""
    arrived: dict[tuple[Span, str, str], Verdict] = {}
    for one, said in zip(found, settled, strict=True):
        draft, verdict = one.draft, said
        named = bool(draft.matter) and not is_general(draft.matter)
        if named and verdict[0] is Carries.UNCLEAR:
            verdict = arrived.get((one.passage.span, plain_end(draft.source), plain_matter(draft.matter)), verdict)
        if named and verdict[0] is not Carries.UNCLEAR:
            arrived[one.passage.span, plain_end(draft.target), plain_matter(draft.matter)] = verdict
        yield verdict


def _owners(found: list[Finding], names: Names) -> dict[str, str]:
    """Return whose each thing is that some sentence names with its owner: 窓口端末 of 市区町村の窓口端末."""
    owners: dict[str, str] = {}
    for name in (name for one in found for name in (one.draft.source, one.draft.target) if "の" in name):
        owner, _, thing = folded(name).partition("の")
        aliases = next((system for system in names.systems if thing in map(folded, system)), ())
        owners.update(dict.fromkeys(map(plain_end, (thing, *aliases)), owner))
    return owners


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
