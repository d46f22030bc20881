"""One sentence while its verbs are read: who gives and who receives, named or understood, and what it remembers.

What each class of verb makes of it stands in moves.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from extract.facts import Certainty, EndKind
from extract.flows.arrows import ENTRUSTED, INTAKE, STAFF, TERMINAL, Arrow, End, Names, Speaker, all_systems
from extract.flows.cases import Argument, Role
from extract.flows.ends import Mention, is_network
from extract.flows.frames import Frame
from extract.flows.lexicon import Move
from extract.flows.matter import find_data
from extract.flows.objects import Memory

_DERIVED = re.compile(r"を(?:基|もと|元)に|に基づ|を用いて|を使用|を利用|を参照|により|によって")
_OWN_OBJECT = re.compile(
    r"(?<!当該情報)(?<!同情報)(?<!同データ)(?<!当該データ)(?<!その内容)(?<!これ)を(?!用い|利用し|使用し|使っ|介し|通じ|経)"
)
_TURN = re.compile(
    r"場合|際[にはも、]|とき|"
    r"[、。](?!その|当該|同|この|これ)[^、。をにへが]{1,30}(?<=[一-龠ァ-ヶー])は(?!、?[^、。]{0,12}(?:において|では))"
)
_DESCRIBED = re.compile(r"[ぁ-ん]*[^、。をにとへは]{1,40}(?:を|は)")
_BREAK = re.compile(r"際|場合|とき|ため|には|その他|また、")

_GIVEN = re.compile(r"(?:等|など)?は、?")
_BY_LETTER = re.compile(r"通知|交付|郵送|報告|回答|返送|発送|回付|進達|回送|送致")
_BY_HAND = re.compile(r"入力|申請|届出|届け出|申告|申出|請求$")
_BACK = re.compile(r"返送|返却|返信|返戻|返[さしす]|納品")
_RESULTS = re.compile(r"(?:結果|回答|データ化されたもの)(?:等|情報|データ|ファイル)?$")
_BESIDE = re.compile(r"[^をがはに。]{1,30}(?:、|及び|並びに|および|や|又は)、?")
_PLACED = re.compile(r"(?:設置|配置|配備|設け)(?:し|され|られ)?(?:た|ている|る)$")
_WITH = re.compile(r"と$")
_ONWARD = (Move.SEND, Move.PUT, Move.RECEIVE, Move.LINK)


class Scene:
    """One sentence while its verbs are read in order: who acts, who holds the data, who was asked."""

    def __init__(self, text: str, speaker: Speaker, same: Callable[[str, str], bool], memory: Memory) -> None:
        self.text = text
        self.memory = memory
        self.same = same
        self.speaker = speaker
        self._holder: Names = ()
        self._holder_at = 0
        self.pending: Names = ()
        self._ways: dict[Mention, tuple[Argument, ...]] = {}
        self.asked: Names = ()
        self.asker: Names = ()
        self.asked_at = 0
        self.requester: Names = ()
        self.linked: Names = ()
        self.sent: Names = ()
        self.partner: Names = ()
        self._given_to: Names = ()
        self._given_at = 0
        self._pending_at = 0
        self.lost = False
        self.came = False

    @property
    def by_system(self) -> bool:
        """Whether a system acts where nobody is named."""
        return self.speaker.end is not None and self.speaker.end.kind is EndKind.SYSTEM

    def actor(self, frame: Frame) -> Names:
        """Return who does what the frame says, as far as the sentence names them."""
        subject = frame.argument(Role.SUBJECT)
        if subject and not frame.verb.passive:
            return subject.names
        agent = tuple(m for m in frame.names(Role.TOOL) if m.kind is not EndKind.SYSTEM)
        return agent or _working(frame.names(Role.AT)) or frame.subject or frame.topic or _working(frame.place)

    def means(self, frame: Frame) -> Names:
        """Return the systems by which the frame's movement runs."""
        tools = tuple(m for m in frame.names(Role.TOOL) if m.kind is EndKind.SYSTEM)
        return frame.names(Role.VIA) + tools

    def giver(self, frame: Frame, targets: Names) -> Names:
        """Return who gives: から, the owner of the means, who holds the data by now, or who acts."""
        named = frame.names(Role.FROM, Role.HELD, Role.OWNER) or self.pending
        if named:
            return named
        actor = self.actor(frame)
        kept = tuple(m for m in frame.names(Role.OF) if m.kind is EndKind.SYSTEM and m not in targets)
        if kept and (not actor or _works(actor)):
            return kept
        to_people = any(m.kind is EndKind.PERSON for m in targets)
        tools = tuple(m for m in frame.names(Role.TOOL) if m.kind is EndKind.SYSTEM and not is_network(m.name))
        holder = self.held(frame)
        if _BY_LETTER.search(frame.verb.word) and not any(m.kind is EndKind.SYSTEM for m in targets):
            to_people = to_people or all_systems(holder)
        if (
            tools
            and (all_systems(targets) or _are_terminals(tools))
            and not (holder or self._is_own_means(tools))
            and tools != targets
            and (not actor or _works(actor))
        ):
            return tools
        placed = (
            actor == frame.place and all_systems(actor) and self._holder_at > frame.place[-1].end if actor else False
        )
        if holder and not to_people and (not actor or placed or _gives_way(actor, holder)):
            return holder
        return actor

    def _is_own_means(self, tools: Names) -> bool:
        """Whether a system tells its own function, so that what it uses is its means, no place where others work."""
        placed = any(_PLACED.search(self.text, 0, m.start) for m in tools)
        return self.by_system and not self.speaker.headed and not placed

    def taker(self, frame: Frame, following: list[Frame]) -> Names:
        """Return who takes what was given, by the next clause: 甲から請求のあった票は、乙が受け付ける."""
        given = frame.verb.before_noun or frame.verb.passive or _GIVEN.match(self.text, frame.verb.end)
        if not (given and following) or frame.names(Role.TO):
            return ()
        return tuple(m for m in following[0].names(Role.SUBJECT) if not ENTRUSTED.search(m.name))

    def hold(self, frame: Frame, names: Names) -> None:
        """Remember who holds the data after ``frame``; nobody named changes nothing."""
        if names:
            noun = _DESCRIBED.match(self.text, frame.verb.end) if frame.verb.before_noun else None
            self._holder, self._holder_at = names, noun.end() if noun else frame.verb.end

    def held(self, frame: Frame) -> Names:
        """Return who holds the data when ``frame`` begins, unless the sentence has turned to another case."""
        return () if _TURN.search(self.text, self._holder_at, frame.verb.start) else self._holder

    def make(self, frame: Frame) -> None:
        """Remember which system made what the frame makes; a later sentence may move it."""
        actor = frame.names(Role.FROM) or self.actor(frame)
        makers = [(m.name, m.kind) for m in actor] or [(e.name, e.kind) for e in (self.speaker.end,) if e]
        data = find_data(self.text, frame)
        if data and len(makers) == 1 and makers[0][1] is EndKind.SYSTEM:
            self.memory.keep(data, *makers[0])

    def recalls(self, frame: Frame) -> list[End]:
        """Return the system that made what the frame moves, by a sentence before."""
        data = find_data(self.text, frame)
        holder = self.memory.holder_of(data) if data else None
        return [End(*holder)] if holder else []

    def answers(self, frame: Frame) -> bool:
        """Whether what is received answers what was asked before in the sentence."""
        return bool(self.asked) and not _BREAK.search(self.text, self.asked_at, frame.verb.start)

    def give(self, frame: Frame, targets: Names) -> None:
        """Remember who was given something, for something may come back."""
        self._given_to, self._given_at = (() if frame.verb.denied else targets), frame.verb.end

    def returns(self, frame: Frame) -> Names:
        """Return from whom something comes back that was given to them before: 甲に票を送り、返送された票を…."""
        data = find_data(self.text, frame) or ""
        back = bool(_BACK.match(frame.verb.word)) or (frame.verb.move is Move.RECEIVE and bool(_RESULTS.search(data)))
        systems = all_systems(self._given_to) and frame.verb.word in ("受信", "受領", "取得")
        if not (back or systems) or _BREAK.search(self.text, self._given_at, frame.verb.start):
            return ()
        return self._given_to

    def wait(self, frame: Frame, sources: Names, under_way: Names) -> None:
        """Remember what is under way until a verb says where to; set side by side, the sources add up."""
        first = min((m.start for m in sources), default=0)
        beside = under_way and _BESIDE.fullmatch(self.text, self._pending_at, first)
        new = tuple(m for m in sources if m not in under_way)
        self.pending = (*under_way, *new) if beside else sources
        self._go(sources, frame)
        self._pending_at = frame.verb.end

    def ask(self, frame: Frame, asked: Names, asker: Names) -> None:
        """Remember whom the sentence asks, so that what comes back has a giver."""
        self.asked, self.asker, self.asked_at = asked, asker, frame.verb.end
        self._go(asked, frame)

    def _go(self, names: Names, frame: Frame) -> None:
        """Remember through what the data of ``names`` go, also where a later verb moves them on or brings the answer."""
        way = tuple(a for a in frame.arguments if a.role is Role.VIA)
        self._ways.update(dict.fromkeys(names, way))

    def passes_on(self, frame: Frame, sources: Names, following: list[Frame]) -> bool:
        """Whether the same data go on to a system without a stop: …から取得し、Bへ送信."""
        later = next((f for f in following if f.verb.move in _ONWARD and f.names(Role.TO)), None)
        if later is None or later.names(Role.FROM) or later.verb.before_noun or later.verb.denied:
            return False
        if _DERIVED.search(self.text, frame.verb.end, later.verb.start) and not later.names(Role.OWNER, Role.TOOL):
            return False
        if frame.verb.before_noun and later.verb.move is Move.SEND:
            return False
        own = _OWN_OBJECT.search(self.text, later.since, later.verb.start)
        if own and not frame.verb.before_noun and not all(m.kind is EndKind.SYSTEM for m in sources):
            return False
        ends = (EndKind.SYSTEM, EndKind.PLACE) if all_systems(sources) else (EndKind.SYSTEM,)
        return bool(INTAKE.search(later.verb.word)) or all(m.kind in ends for m in later.names(Role.TO))

    def stands_between(self, sources: Names, following: list[Frame]) -> bool:
        """Whether a system speaks that takes the data and hands them on to another: both are movements of its own."""
        later = next((f for f in following if f.verb.move in _ONWARD and f.names(Role.TO)), None)
        if later is None:
            return False
        own = self.speaker.end
        away = own is not None and not any(self.same(own.name, m.name) for m in (*sources, *later.names(Role.TO)))
        return self.by_system and not self.speaker.headed and away and not self.actor(later)

    def goes_out(self, following: list[Frame]) -> bool:
        """Whether the next verb with a receiver sends, rather than takes in or stores."""
        later = next((f for f in following if f.verb.move in _ONWARD and f.names(Role.TO)), None)
        return later is not None and later.verb.move in (Move.SEND, Move.LINK)

    def arrows(
        self, frame: Frame, sources: Names, targets: Names, *, answer: bool = False, unsure: bool = False
    ) -> list[Arrow]:
        """Return an arrow for each pair; an empty side is the speaker's, where that can be."""
        recalled = self.recalls(frame) if targets and all_systems(targets) else []
        left = (
            [End(m.name, m.kind, m) for m in sources]
            or recalled
            or self._understood(targets, by_hand=bool(_BY_HAND.search(frame.verb.word)))
        )
        right = [End(m.name, m.kind, m) for m in targets] or self._understood(sources)
        certainty = Certainty.STATED if sources and targets else Certainty.IMPLIED
        ways = [way for m in sources if (way := self._ways.get(m))]
        way = ways[0] if ways else ()
        if unsure:
            certainty = Certainty.UNCLEAR
        return [
            Arrow(a, b, frame, certainty, denied=frame.verb.denied, answer=answer, way=way)
            for a in left
            for b in right
            if not self.same(a.name, b.name)
        ]

    def both_ways(self, frame: Frame, names: Names, *, unsure: bool) -> list[Arrow]:
        """Return the arrows between two names joined by と; names joined by 及び are the actor's partners."""
        at = next((i for i, (a, b) in enumerate(pairwise(names), 1) if _WITH.search(self.text[a.end : b.start])), 0)
        one, other = names[:at], names[at:]
        if not one:
            return self.with_partners(frame, names, unsure=unsure)
        return self.arrows(frame, one, other, unsure=unsure) + self.arrows(frame, other, one, unsure=unsure)

    def with_partners(self, frame: Frame, partners: Names, *, unsure: bool) -> list[Arrow]:
        """Return the arrows from who acts to each partner and back."""
        actor = tuple(m for m in self.actor(frame) if m not in partners)
        if not (actor or self.by_system or unsure) and self.memory.partner:
            return self._with_heading(frame, partners, End(*self.memory.partner))
        there = self.arrows(frame, actor, partners, unsure=unsure)
        return there + self.arrows(frame, partners, actor, unsure=unsure)

    def _with_heading(self, frame: Frame, partners: Names, other: End) -> list[Arrow]:
        """Return the arrows between each partner and the system that the heading names."""
        ends = [End(m.name, m.kind, m) for m in partners if not self.same(m.name, other.name)]
        pairs = [pair for end in ends for pair in ((other, end), (end, other))]
        return [Arrow(a, b, frame, Certainty.IMPLIED, denied=frame.verb.denied) for a, b in pairs]

    def _understood(self, others: Names, *, by_hand: bool = False) -> list[End]:
        """Return the speaker, or the agency where a system would hand something to people.

        What people do ``by_hand`` (入力, 申請) no system does: who does it is not said.
        """
        speaker = self.speaker.end
        if self.speaker.entrusted and any(ENTRUSTED.search(m.name) for m in others):
            speaker = None
        if by_hand and speaker and speaker.kind is EndKind.SYSTEM:
            return []
        if speaker and speaker.kind is EndKind.SYSTEM and all(m.kind is EndKind.PERSON for m in others):
            speaker = None
        for end in (speaker, self.speaker.agency):
            if end and not any(self.same(end.name, m.name) for m in others):
                return [end]
        return []


def _working(names: Names) -> Names:
    return tuple(m for m in names if m.kind is not EndKind.PLACE)


def _gives_way(actor: Names, holder: Names) -> bool:
    """Whether the data leave from the system that holds them rather than from who works on it."""
    return _works(actor) and all(m.kind is EndKind.SYSTEM for m in holder)


def _are_terminals(names: Names) -> bool:
    return all(TERMINAL.search(m.name) for m in names)


def _works(actor: Names) -> bool:
    return all(STAFF.search(m.name) or m.kind is EndKind.DEPARTMENT for m in actor)
