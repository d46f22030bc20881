"""From one sentence to findings: its arrows with what moves, by what means, and the words they stand on.

Leaves out what is no movement of personal data, what is denied for a part only, and what would be guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extract.evidence import evidence_at
from extract.facts import Certainty, EndKind, Evidence
from extract.flows.arrows import ENTRUSTED, Arrow, End, Speaker
from extract.flows.cases import Role
from extract.flows.clauses import find_frames
from extract.flows.conditions import Draft
from extract.flows.ends import Gazetteer
from extract.flows.frames import Frame
from extract.flows.lexicon import Move
from extract.flows.matter import find_data, find_made, find_topic, is_personal, is_security
from extract.flows.modes import ended_at, is_spared, is_supposed
from extract.flows.moves import find_arrows
from extract.flows.notation import Drawn, find_drawn
from extract.flows.objects import ANSWER, Memory
from extract.flows.passages import Passage
from extract.flows.scene import Scene
from extract.flows.sentences import Sentence, is_numbered_title
from extract.normalize import clean
from extract.source import Source, Span

_FEARED = re.compile(r"[ぁ-ん]{0,6}(?:おそれ|恐れ|リスク|危険|懸念|可能性|備え)")
_BY_MISTAKE = re.compile(r"誤って|不正に")
_ANONYMOUS = re.compile(
    r"個人(?:を|が)(?:特定|識別)(?:でき|し得|しう|可能)[^、。]{0,4}(?:情報|データ)(?:は|を)[^、。]{0,4}(?:ない|ず)"
)
_PLANNED = re.compile(r"予定(?:である|であり|とし|している|$)|検討(?:中|し)")
_PARTLY = re.compile(
    r"不適切|不正|目的外|不要|不必要|必要(?:の)?(?:ない|以上)|"
    r"(?:以外|許可されていない|権限のない|関係のない|誤っ)[^、。]{0,12}(?:情報|データ|者|職員)"
)
_RISKS = re.compile(r"(?:III|Ⅲ|IV|Ⅳ|V|Ⅴ)(?:-|\b)")
_FOR_DATA = re.compile(r"照会|求め")
_BACK = re.compile(r"結果$|回答$|^(?:情報|データ)$")
_CONTAINED = re.compile(r"に含まれる(?:個人番号|マイナンバー)")
_WITHOUT = re.compile(
    r"[^、。]{0,20}?(?:、|に[はも]?|は)[^、。]{0,4}(?:個人番号|マイナンバー)[^、。]{0,14}(?:ない|ず|除)"
)
_NUMBER_ONLY = re.compile(r"(?:なお、|また、)?(?:個人番号|マイナンバー)(?:について)?は、?")
"""What is denied of the number alone goes on with other data: 個人番号は甲へ送信せず、宛名番号のみを送信する."""
_MOVES = frozenset((Move.SEND, Move.RECEIVE, Move.LINK, Move.EXCHANGE, Move.ASK, Move.PUT))
_STILL = frozenset((Move.OTHER, Move.MAKE, Move.CONNECT))
_SUBJECT = re.compile(r"(?<=[一-龠々ァ-ヶー等])が、")
_TAKER = re.compile(
    r"(?:[ぁ-ん]{0,6}[^、。がをはにへ]{0,20})?は、?[^、。をにへがは]{1,14}[一-龠々ァ-ヶー]が、?(?!あ|な|[一-龠]{2}(?:さ|に)れ)"
)
_KEPT = re.compile(r"管理$|保管$|保存$|蓄積$|更新$")
_ASKED = re.compile(r"(?:照会|依頼|要求|求め)$")
_CLAUSE_LIMIT = 400
_FORM_LENGTH = 8


@dataclass(frozen=True, slots=True)
class Heard:
    """A sentence with its passage and who speaks in it; ``headed`` if a heading names the speaker.

    ``memory`` holds the title over the sentence and what the passage has spoken of so far.
    """

    passage: Passage
    sentence: Sentence
    speaker: Speaker
    headed: bool
    memory: Memory = field(default_factory=Memory)

    def is_agency(self, arrow: Arrow) -> bool:
        """Whether the agency is the end that is only understood."""
        understood = arrow.target if arrow.source.mention else arrow.source
        return self.speaker.agency is not None and understood.name == self.speaker.agency.name

    @property
    def amid_risks(self) -> bool:
        """Whether the passage is one of the form's measures against risks."""
        return bool(_RISKS.match(self.passage.item))


@dataclass(frozen=True, slots=True)
class Finding:
    """An arrow with all that its fact needs but the document's statements."""

    draft: Draft
    evidence: Evidence
    passage: Passage
    certainty: Certainty
    denied: bool


def find_movements(source: Source, heard: Heard, gazetteer: Gazetteer) -> tuple[list[Finding], bool]:
    """Return what a sentence says of movements, and whether it speaks of any at all."""
    text = heard.sentence.text
    if is_supposed(text) or _ANONYMOUS.search(text) or (heard.amid_risks and is_security(text)):
        return [], False
    if drawn := find_drawn(heard.sentence.whole.text, gazetteer):
        return [_drawn(source, heard, one) for one in drawn if is_personal(one.data)], True
    over = ended_at(text)
    frames = find_frames(text, gazetteer)
    found: dict[tuple[str, str, str | None, bool], Finding] = {}
    titled = is_numbered_title(source.text, heard.sentence.start)
    moves = any(_is_movement(text, frame, heard) for frame in frames if frame.verb.stem >= over)
    for arrow in find_arrows(Scene(text, heard.speaker, gazetteer.same, heard.memory), frames):
        if arrow.frame.verb.stem < over or (over and arrow.source.mention is None):
            continue
        data, since = _matter(text, arrow, frames)
        clause = text[since : arrow.frame.verb.end]
        if not is_personal(data, clause, risks=heard.amid_risks) or _says_no_data(text, arrow, data):
            continue
        moves = True
        headed = titled and data is None and not (arrow.source.mention and arrow.target.mention)
        if not (headed or _says_less(arrow, heard) or _is_guess(arrow, heard)):
            key = (arrow.source.name, arrow.target.name, data, arrow.denied)
            found.setdefault(key, _finding(source, heard, arrow, data, since))
    heard.memory.hear(text, (one.draft.matter for one in found.values()))
    return list(found.values()), moves


def _is_movement(text: str, frame: Frame, heard: Heard) -> bool:
    """Whether a verb speaks of data about people that move, though it may name nobody: 必要な情報を送信する."""
    verb = frame.verb
    named = frame.names(Role.FROM, Role.TO, Role.BOTH, Role.WITH, Role.VIA)
    whole = not verb.nominal or (text[verb.start - 1 : verb.start] in ("の", "を") and not text[verb.end :])
    if not (named or (whole and verb.move in _MOVES)) or verb.move in _STILL or _KEPT.search(verb.word):
        return False
    return is_personal(find_data(text, frame), text[frame.since : verb.end], risks=heard.amid_risks)


def _matter(text: str, arrow: Arrow, frames: list[Frame]) -> tuple[str | None, int]:
    """Return what moves and where the words about it begin; …を受領し、Bに登録する moves the same twice."""
    frame = arrow.frame
    data = find_data(text, frame)
    if arrow.answer and (frame.verb.move is Move.ASK or data is None or _BACK.search(data)):
        data = ANSWER
    if data is None and not frame.verb.nominal:
        last = max((f.verb.end for f in frames[: frames.index(frame)]), default=0)
        if made := find_made(text, last, frame.verb.start):
            return made, frame.since
        earlier = reversed(frames[: frames.index(frame)])
        before = next((f for f in earlier if f.verb.goes_on or not f.verb.nominal), None)
        leads_on = before is not None and (before.verb.goes_on or before.verb.before_noun)
        if before and leads_on:
            data = find_made(text, before.verb.end, frame.verb.start) or find_data(text, before)
        if before and data and data not in (arrow.source.name, arrow.target.name):
            return data, before.since
        return find_topic(text, frame), frame.since
    return data, frame.since


def _says_no_data(text: str, arrow: Arrow, data: str | None) -> bool:
    """各課からの依頼, 本人に連絡する: a request or a call of which the text does not say what for."""
    verb = arrow.frame.verb
    if verb.word == "連絡" and "電話" in text[arrow.frame.since : verb.start]:
        return True
    return data is None and verb.nominal and verb.move is Move.ASK and not _FOR_DATA.search(verb.word)


def _says_less(arrow: Arrow, heard: Heard) -> bool:
    """Whether the clause holds for some of the data or some people only: no denial, and no measure's content."""
    verb = arrow.frame.verb
    if verb.word.endswith("移行") and _PLANNED.search(heard.sentence.text, verb.end):
        return True  # one system is to take the place of another: no movement of the work
    if (verb.before_noun or verb.nominal) and is_spared(heard.sentence.text, verb.end):
        return True
    if _FEARED.match(heard.sentence.text, verb.end) or _BY_MISTAKE.search(
        heard.sentence.text, arrow.frame.since, verb.stem
    ):
        return True
    if not arrow.denied and not heard.amid_risks:
        return False
    if arrow.denied and _NUMBER_ONLY.match(heard.sentence.text, 0, verb.stem):
        return True
    part = bool(_PARTLY.search(heard.sentence.text, arrow.frame.since, verb.end))
    return part or (arrow.denied and verb.partly)


def _is_guess(arrow: Arrow, heard: Heard) -> bool:
    """Whether an end that is only understood would be a guess here: a place, a part of the giver, a denial."""
    if arrow.source.mention and arrow.target.mention:
        return False
    if _acts_unread(heard.sentence.text, arrow):
        return True
    if EndKind.PLACE in (arrow.source.kind, arrow.target.kind) or arrow.target.name.startswith(
        f"{arrow.source.name}の"
    ):
        return True
    if heard.passage.entrusted and _is_guess_of_tasks(arrow, heard):
        return True
    if arrow.denied:
        return not (heard.headed or heard.passage.speaker)
    return heard.amid_risks and _is_guess_amid_risks(arrow, heard)


def _acts_unread(text: str, arrow: Arrow) -> bool:
    """Whether the clause names who acts by a word that is not read as an end: みほん隊が、…を提出する."""
    verb = arrow.frame.verb
    if arrow.target.mention is None and _TAKER.match(text, verb.end):
        return True
    unsaid = arrow.source.mention is None and not verb.passive and verb.move in (Move.SEND, Move.PUT, Move.ASK)
    return unsaid and bool(_SUBJECT.search(text, arrow.frame.since, verb.start))


def _is_guess_of_tasks(arrow: Arrow, heard: Heard) -> bool:
    """Tell that the agency does not do its entrustee's tasks; it only hands data to the entrustee, or takes them back."""
    to_entrustee = ENTRUSTED.search(f"{arrow.source.name} {arrow.target.name}")
    taken = arrow.frame.verb.move in (Move.RECEIVE, Move.ASK) or arrow.target.mention is not None
    return arrow.frame.verb.move is Move.CHECK or not taken or (heard.is_agency(arrow) and not to_entrustee)


def _is_guess_amid_risks(arrow: Arrow, heard: Heard) -> bool:
    """Amid the risks the one who receives is the agency; the one who gives or is asked may be anybody."""
    receiver_left_out = arrow.target.mention is None
    if arrow.frame.argument(Role.BOTH) or (receiver_left_out and arrow.frame.verb.move is Move.ASK):
        return True
    return not (receiver_left_out or heard.headed)


def _finding(source: Source, heard: Heard, arrow: Arrow, data: str | None, since: int) -> Finding:
    sentence, verb = heard.sentence, arrow.frame.verb
    mentions = [end.mention for end in (arrow.source, arrow.target) if end.mention]
    start = min([verb.start, *(m.start for m in mentions)])
    end = max([verb.end, verb.denied_at, *(m.end for m in mentions)])
    draft = Draft(
        source=_printed(source, sentence, arrow.source),
        target=_printed(source, sentence, arrow.target),
        source_kind=arrow.source.kind,
        target_kind=arrow.target.kind,
        data=data,
        via=_via(arrow),
        clause=_words(sentence, min(since, start), end, data),
        sentence=sentence.whole.text,
        stated=arrow.certainty is Certainty.STATED,
        matter=heard.memory.resolve(data),
        heading=heard.memory.heading,
        word=verb.word,
        asks=verb.move is Move.ASK and not arrow.answer,
    )
    planned = _PLANNED.search(sentence.text, verb.end)
    return Finding(
        draft=draft,
        evidence=evidence_of(source, heard, start, end),
        passage=heard.passage,
        certainty=Certainty.UNCLEAR if planned else arrow.certainty,
        denied=arrow.denied,
    )


def _drawn(source: Source, heard: Heard, drawn: Drawn) -> Finding:
    """Return the finding of an arrow that is drawn, not told."""
    sentence = heard.sentence
    draft = Draft(
        source=drawn.source.name,
        target=drawn.target.name,
        source_kind=drawn.source.kind,
        target_kind=drawn.target.kind,
        data=drawn.data,
        via=drawn.via,
        clause=sentence.whole.text[:_CLAUSE_LIMIT],
        sentence=sentence.whole.text,
        matter=drawn.data or "",
        heading=heard.memory.heading,
        asks=bool(_ASKED.search(drawn.data or "")),
    )
    return Finding(
        draft=draft,
        evidence=evidence_of(source, heard, 0, len(sentence.text)),
        passage=heard.passage,
        certainty=Certainty.STATED,
        denied=False,
    )


def _printed(source: Source, sentence: Sentence, end: End) -> str:
    """Return the end's name as printed, folded only where the layout cuts it."""
    if end.mention is None:
        return end.name
    span = Span(sentence.offsets[end.mention.start], sentence.offsets[end.mention.end - 1] + 1)
    printed = clean(source.quote(span))
    return printed if len(printed) == len(end.name) else end.name


def _words(sentence: Sentence, start: int, end: int, data: str | None) -> str:
    """Return the clause with its parentheses, and the noun after it where that is what moves."""
    after = sentence.text.find(data, end, end + _FORM_LENGTH + len(data)) if data else -1
    if data and after >= 0:
        end = after + len(data)
        if contained := _CONTAINED.match(sentence.text, end):
            end = contained.end()
    if beyond := _WITHOUT.match(sentence.text, end):
        end = beyond.end()
    first = sentence.whole.at(sentence.offsets[start])
    last = sentence.whole.at(sentence.offsets[end - 1]) + 1
    return sentence.whole.text[first:last][-_CLAUSE_LIMIT:]


def _via(arrow: Arrow) -> str | None:
    ends = {arrow.source.name, arrow.target.name}
    means = [*arrow.way, *(a for a in arrow.frame.arguments if a.role in (Role.VIA, Role.TOOL))]
    named = [name.name for argument in means for name in argument.names if name.name not in ends]
    tools = [argument.tool for argument in arrow.frame.arguments if argument.tool]
    return "、".join(dict.fromkeys([*named, *tools])) or None


def evidence_of(source: Source, heard: Heard, start: int, end: int) -> Evidence:
    """Return the evidence for the characters ``start`` to ``end`` of a sentence."""
    offsets = heard.sentence.offsets
    span = Span(offsets[start], offsets[end - 1] + 1)
    return evidence_at(source, heard.passage.item, span)
