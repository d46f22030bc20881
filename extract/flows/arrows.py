"""From a verb with its names to arrows: who gives, who receives, what is only understood.

Each class of movement has one function; who acts without being named is the sentence's speaker.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from extract.facts import Certainty, EndKind
from extract.flows.cases import Role
from extract.flows.clauses import Frame
from extract.flows.ends import Mention
from extract.flows.verbs import Move

_NETWORK = re.compile(
    r"情報提供ネットワーク|情報提供NWS|住民基本台帳ネットワーク|住基ネット|^庁内連携|総合行政ネットワーク"
)
_INTAKE = re.compile(r"取り?込|移入|読み?込|入れ|ダウンロード|インポート|引き?取|吸い上げ|収集|持ち込")
_STAFF = re.compile(r"職員|担当者?$|従事者$|操作者$")
_STORE = frozenset((EndKind.SYSTEM, EndKind.PLACE, EndKind.DEPARTMENT, EndKind.BODY))
_SAME_DATA = re.compile(r"(?:同|当該|その)(?:情報|データ|ファイル|内容)を$")
_KEEPING = re.compile(r"管理|保管|保有")


@dataclass(frozen=True, slots=True)
class End:
    """One end of an arrow; ``mention`` is None where the text leaves it to be understood."""

    name: str
    kind: EndKind
    mention: Mention | None = None


@dataclass(frozen=True, slots=True)
class Arrow:
    """A movement from ``source`` to ``target`` that ``frame`` states, or denies."""

    source: End
    target: End
    frame: Frame
    certainty: Certainty
    denied: bool = False
    answer: bool = False


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who acts where nobody is named, and the agency behind."""

    end: End | None
    agency: End | None


class Reader:
    """Reads the frames of one sentence in order; remembers who holds the data and who was asked."""

    def __init__(self, text: str, speaker: Speaker, same: Callable[[str, str], bool]) -> None:
        self.text = text
        self.same = same
        self.speaker = speaker
        self.holder: tuple[Mention, ...] = ()
        self.pending: tuple[Mention, ...] = ()
        self.asked: tuple[Mention, ...] = ()
        self.asked_at = 0
        self.asker: tuple[Mention, ...] = ()
        self.linked: tuple[Mention, ...] = ()

    def read(self, frames: list[Frame]) -> list[Arrow]:
        """Return the arrows of ``frames``."""
        arrows: list[Arrow] = []
        for at, frame in enumerate(frames):
            following = frames[at + 1 :]
            arrows.extend(_READERS[frame.verb.move](self, frame, following))
        return arrows

    def actor(self, frame: Frame) -> tuple[Mention, ...]:
        """Return who does what the frame says, as far as the sentence names them."""
        if not frame.verb.passive:
            subject = frame.names(Role.SUBJECT)
            if subject:
                return subject
        agent = tuple(m for m in frame.names(Role.TOOL) if m.kind is not EndKind.SYSTEM)
        local = tuple(m for m in frame.names(Role.AT) if m.kind is not EndKind.PLACE and not _NETWORK.search(m.name))
        place = tuple(m for m in frame.place if m.kind is not EndKind.PLACE and not _NETWORK.search(m.name))
        return agent or local or frame.subject or frame.topic or place

    def means(self, frame: Frame) -> tuple[Mention, ...]:
        """Return the systems by which the frame's movement runs."""
        found = frame.names(Role.VIA) + tuple(m for m in frame.names(Role.TOOL) if m.kind is EndKind.SYSTEM)
        return found + tuple(m for m in frame.names(Role.AT) if _NETWORK.search(m.name))

    def arrows(  # noqa: PLR0913  one keyword for each thing an arrow can be
        self,
        frame: Frame,
        sources: tuple[Mention, ...],
        targets: tuple[Mention, ...],
        *,
        answer: bool = False,
        unsure: bool = False,
    ) -> list[Arrow]:
        """Return an arrow for each pair; an empty side is the speaker's, where that can be."""
        left = [End(m.name, m.kind, m) for m in sources] or self._understood(targets)
        right = [End(m.name, m.kind, m) for m in targets] or self._understood(sources)
        certainty = Certainty.STATED if sources and targets else Certainty.IMPLIED
        if unsure:
            certainty = Certainty.UNCLEAR
        return [
            Arrow(a, b, frame, certainty, denied=frame.verb.denied, answer=answer)
            for a in left
            for b in right
            if not self.same(a.name, b.name)
        ]

    def _understood(self, others: tuple[Mention, ...]) -> list[End]:
        speaker = self.speaker.end
        if speaker and speaker.kind is EndKind.SYSTEM and all(m.kind is EndKind.PERSON for m in others):
            speaker = None
        for end in (speaker, self.speaker.agency):
            if end and not any(self.same(end.name, m.name) for m in others):
                return [end]
        return []

    def source(self, frame: Frame, targets: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """Return who gives: から, the owner of the means, the subject, or who holds the data by now."""
        named = frame.names(Role.FROM) or frame.names(Role.OWNER)
        if named:
            return named
        actor = self.actor(frame)
        if self.pending:
            return self.pending
        to_people = any(m.kind is EndKind.PERSON for m in targets)
        if self.holder and not to_people and (not actor or _gives_way(actor, self.holder)):
            return self.holder
        return actor


def _gives_way(actor: tuple[Mention, ...], holder: tuple[Mention, ...]) -> bool:
    """Whether the data leave from the system that holds them rather than from who works on it."""
    works = all(_STAFF.search(m.name) or m.kind is EndKind.DEPARTMENT for m in actor)
    return works and all(m.kind is EndKind.SYSTEM for m in holder)


def _read_send(reader: Reader, frame: Frame, following: list[Frame]) -> list[Arrow]:
    verb = frame.verb
    given = frame.names(Role.FROM)
    targets = frame.names(Role.TO)
    if verb.taken or (given and not targets and (verb.passive or verb.nominal or verb.before_noun)):
        if not given:
            return []
        return _received(reader, frame, given, following)
    if not targets:
        targets = tuple(m for m in reader.means(frame) if _NETWORK.search(m.name))
    if not targets and reader.linked:
        return reader.arrows(frame, reader.linked[:1], reader.linked[1:])
    if not targets:
        return _submitted(reader, frame)
    if verb.passive and not given and not frame.names(Role.OWNER, Role.TOOL) and not verb.denied:
        if verb.before_noun:
            reader.holder = targets
        return []
    relay = frame.names(Role.OWNER)
    found: list[Arrow] = []
    if relay and reader.pending:
        found = reader.arrows(frame, reader.pending, relay)
        reader.pending = ()
    sources = reader.source(frame, targets)
    reader.pending = ()
    if verb.goes_on and all(m.kind is EndKind.SYSTEM for m in targets) and (not frame.topic or not sources):
        reader.holder = targets
    return found + reader.arrows(frame, sources, targets)


_SUBMIT = re.compile(r"提出|届出|届け出|申請|申告|申出|請求")


def _submitted(reader: Reader, frame: Frame) -> list[Arrow]:
    """住民が…を申請する: no receiver is named, and it is who reads the application."""
    people = tuple(m for m in frame.names(Role.SUBJECT, Role.TOPIC) if m.kind in (EndKind.PERSON, EndKind.BODY))
    if not people or not _SUBMIT.search(frame.verb.word) or frame.verb.passive or frame.verb.nominal:
        return []
    return reader.arrows(frame, people, ())


def _received(reader: Reader, frame: Frame, given: tuple[Mention, ...], following: list[Frame]) -> list[Arrow]:
    """Aから送信された…: to who acts; where nobody is named, to where the next verb puts it."""
    actor = tuple(m for m in reader.actor(frame) if m not in given)
    idle = not actor or all(_STAFF.search(m.name) for m in actor)
    if idle and not frame.verb.denied and _passes_on(reader.text, frame, following):
        reader.pending = given
        return []
    if not frame.verb.denied and actor:
        reader.holder = actor
    return reader.arrows(frame, given, actor)


_DERIVED = re.compile(r"を(?:基|もと|元)に|に基づ|を用いて|を使用|を利用|を参照|により|によって")


def _passes_on(text: str, frame: Frame, following: list[Frame]) -> bool:
    """Whether the same data go on to a place: …された情報をBに取り込み, …から取得し、Bへ送信."""
    for following_frame in following:
        verb = following_frame.verb
        if _DERIVED.search(text, frame.verb.end, verb.start) and not following_frame.names(Role.OWNER, Role.TOOL):
            return False
        if verb.move in (Move.SEND, Move.PUT, Move.RECEIVE, Move.LINK) and following_frame.names(Role.TO):
            stores = verb.move is Move.PUT or bool(_INTAKE.search(verb.word)) or not frame.verb.before_noun
            return stores and not following_frame.names(Role.FROM, Role.OWNER) and not verb.before_noun
    return False


def _read_receive(reader: Reader, frame: Frame, following: list[Frame]) -> list[Arrow]:
    verb = frame.verb
    if verb.nominal and not frame.arguments:
        return []
    into = frame.names(Role.TO) if _INTAKE.search(verb.word) else ()
    sources = frame.names(Role.FROM) or reader.pending
    reader.pending = ()
    if not sources and into:
        sources = reader.holder
    actor = tuple(m for m in reader.actor(frame) if m not in sources)
    answer = not sources and _answers(reader, frame)
    if answer:
        actor = actor or reader.asker
        sources = tuple(m for m in reader.asked if m not in actor)
    if not sources:
        sources = tuple(m for m in reader.means(frame) if m not in actor)
    targets = into or actor
    if not sources and not into:
        return []
    staff = bool(targets) and all(_STAFF.search(m.name) for m in targets)
    systems = all(m.kind is EndKind.SYSTEM for m in sources)
    if (staff or not targets) and systems and not verb.denied and _passes_on(reader.text, frame, following):
        reader.pending = sources
        return reader.arrows(frame, sources, targets) if staff else []
    if verb.goes_on and not verb.denied:
        reader.holder = targets
    return reader.arrows(frame, sources, targets, answer=answer)


_BREAK = re.compile(r"際|場合|とき|ため|には|その他|また、")


def _answers(reader: Reader, frame: Frame) -> bool:
    """Whether what is received answers what was asked before in the sentence."""
    return bool(reader.asked) and not _BREAK.search(reader.text, reader.asked_at, frame.verb.start)


def _read_put(reader: Reader, frame: Frame, following: list[Frame]) -> list[Arrow]:
    verb = frame.verb
    if verb.nominal and not frame.arguments:
        return []
    targets = tuple(m for m in frame.names(Role.TO) if m.kind in _STORE)
    if _KEEPING.fullmatch(verb.word[-2:]):
        kept = frame.names(Role.AT) if _SAME_DATA.search(reader.text, 0, verb.start) else ()
        if verb.before_noun:
            reader.holder = frame.names(Role.TO, Role.AT)
        targets = targets if verb.word.endswith("保管") else kept
    elif not targets and not verb.passive:
        targets = tuple(m for m in frame.names(Role.TOOL) if m.kind is EndKind.SYSTEM)
    if not targets:
        return []
    if verb.passive and verb.before_noun:
        reader.holder = targets
        return []
    sources = tuple(m for m in reader.source(frame, targets) if m not in targets)
    reader.pending = ()
    if verb.passive and not sources:
        return []
    if verb.goes_on and all(m.kind is EndKind.SYSTEM for m in targets):
        reader.holder = targets
    return reader.arrows(frame, sources, targets)


def _read_extract(reader: Reader, frame: Frame, following: list[Frame]) -> list[Arrow]:
    sources = frame.names(Role.FROM)
    targets = frame.names(Role.TO)
    if sources and targets:
        return reader.arrows(frame, sources, targets)
    if sources and not frame.verb.denied:
        reader.pending = sources
    return []


def _read_link(reader: Reader, frame: Frame, following: list[Frame]) -> list[Arrow]:
    between = frame.argument(Role.BOTH)
    if between:
        return _both_ways(reader, frame, between.names, unsure=True)
    given, targets = frame.names(Role.FROM), frame.names(Role.TO)
    if given and not targets:
        return _received(reader, frame, given, following)
    if not targets or (frame.verb.nominal and not given and not frame.argument(Role.TO)):
        return []
    return _read_send(reader, frame, following)


def _read_exchange(reader: Reader, frame: Frame, following: list[Frame]) -> list[Arrow]:
    between = frame.argument(Role.BOTH, Role.WITH)
    if between:
        return _both_ways(reader, frame, between.names, unsure=False)
    return _read_link(reader, frame, following) if frame.names(Role.FROM) else []


def _both_ways(reader: Reader, frame: Frame, names: tuple[Mention, ...], *, unsure: bool) -> list[Arrow]:
    if len(names) > 1:
        one, other = names[:-1], names[-1:]
    else:
        one, other = tuple(m for m in reader.actor(frame) if m not in names), names
    return reader.arrows(frame, one, other, unsure=unsure) + reader.arrows(frame, other, one, unsure=unsure)


def _read_ask(reader: Reader, frame: Frame, following: list[Frame]) -> list[Arrow]:
    given, targets = frame.names(Role.FROM), frame.names(Role.TO)
    if given and not targets:
        return reader.arrows(frame, given, tuple(m for m in reader.actor(frame) if m not in given))
    if not targets:
        targets = tuple(m for m in reader.means(frame) if _NETWORK.search(m.name))
    if not targets:
        return []
    reader.asked, reader.asked_at = targets, frame.verb.end
    reader.asker = given or tuple(m for m in reader.actor(frame) if m not in targets)
    return reader.arrows(frame, reader.asker, targets)


def _read_check(reader: Reader, frame: Frame, following: list[Frame]) -> list[Arrow]:
    sources = frame.names(Role.FROM)
    if not sources and _answers(reader, frame):
        sources = reader.asked
        reader.asked = ()
        return reader.arrows(frame, sources, tuple(m for m in reader.actor(frame) if m not in sources), answer=True)
    if not sources:
        sources = tuple(m for m in frame.names(Role.TOOL) if m.kind is EndKind.SYSTEM)
    if not sources and re.search(r"参照|閲覧", frame.verb.word):
        sources = tuple(m for m in frame.names(Role.OBJECT) if m.kind is EndKind.SYSTEM)
    if not sources or frame.verb.nominal:
        return []
    return reader.arrows(frame, sources, tuple(m for m in reader.actor(frame) if m not in sources))


def _read_connect(reader: Reader, frame: Frame, following: list[Frame]) -> list[Arrow]:
    """A connection moves nothing; that there is none denies the movement."""
    targets = frame.names(Role.TO, Role.WITH)
    tied = frame.names(Role.OBJECT)
    if frame.verb.goes_on and len(tied) == 2:
        reader.linked = tied
    if not frame.verb.denied or not targets:
        return []
    return reader.arrows(frame, tuple(m for m in reader.actor(frame) if m not in targets), targets)


def _read_other(reader: Reader, frame: Frame, following: list[Frame]) -> list[Arrow]:
    return []


_READERS: dict[Move, Callable[[Reader, Frame, list[Frame]], list[Arrow]]] = {
    Move.SEND: _read_send,
    Move.RECEIVE: _read_receive,
    Move.PUT: _read_put,
    Move.EXTRACT: _read_extract,
    Move.LINK: _read_link,
    Move.EXCHANGE: _read_exchange,
    Move.ASK: _read_ask,
    Move.CHECK: _read_check,
    Move.CONNECT: _read_connect,
    Move.OTHER: _read_other,
}
