"""Which names belong to which verb: one frame for each verb of movement in a sentence.

Knows the order of Japanese: a verb takes the names before it, up to the verb before; what は and において
name stays for the whole sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.facts import EndKind
from extract.flows.cases import Argument, Role, find_arguments
from extract.flows.ends import Gazetteer, Mention
from extract.flows.frames import Frame
from extract.flows.lexicon import Move
from extract.flows.limits import find_limits
from extract.flows.verbs import Verb, find_verbs

_TOOL_TEXT = re.compile(
    r"(?P<tool>(?:(?!から|より)[^、。をにへがはで・:]){2,30})(?:"
    r"を(?:利用|使用|活用|用い)(?:し|て|する(?:こと(?:で|により)))て?|を使って|を(?:介|経由)して|を通じて|を通して|"
    r"(?<=[線網体紙面類票話])で(?![きあなもす])|(?:ネットワーク|LAN|VPN|メモリ|メール|FAX|郵送|機能|ツール|方式|連携|バッチ|データ|オンライン)(?P<by>で)(?![きあなもす]))"
)
_NO_TOOL = re.compile(r"する|した|され|(?:番号|符号)$|^(?:日次|月次|年次|週次|随時|都度|毎.*|一括|.*単位|.*頻度)$")
_LEFT_OVER = re.compile(r"^(?:対し|関し|宛て|あて)て?に?(?=.)")
_PREDICATE = re.compile(
    r"を(?!用|基|介|通|経|以|除|踏|もと|もっ|含|利用|使用|使っ|活用)[^、。をにへが]{0,12}?[一-龠][ぁ-ん]{0,2}[しりきみえけてでいれせち]、|に基づ(?:き|いて)、|(?:場合|とき|際)(?:に?は|に)?、"
)
_IN_CASE = re.compile(r"[ぁ-ん]{0,4}(?:場合|とき|際)(?:には?|は)?、")
_PURPOSE = re.compile(r"[ぁ-ん]{0,2}?ための")
_AUTHORITY = re.compile(r"委託|認定|許可|承認|任命|選任|指定|派遣|雇用|付与|割り?当|許諾|委任")
_IDLE = frozenset((Move.OTHER, Move.MAKE))
_SHARED = re.compile(r"(?:等|など)?(?:・|及び|および|並びに|又は|または|や|と)")
_PART = re.compile(r"(?:等|など)?(?:に関する|に係る|の(?!際|都度|上))")
_FINAL = re.compile(r"(?:等|など|業務|処理|作業)?(?:$|[、。:)/]|後|時|際|済)")


def find_frames(text: str, gazetteer: Gazetteer) -> list[Frame]:
    """Return a frame for each verb of movement in ``text``, from left to right."""
    arguments, verbs = _parts(text, gazetteer.find_mentions(text))
    walk = _Walk(text)
    events: list[Argument | Verb] = [*arguments, *verbs]
    for event in sorted(events, key=_place):
        if isinstance(event, Argument):
            walk.add(event)
        else:
            walk.take(event)
    frames = [_for_sole(frame, arguments) for frame in walk.finished()]
    return [frame for at, frame in enumerate(frames) if not _superseded(text, frame, frames[at + 1 :])]


def _place(event: Argument | Verb) -> int:
    return event.end if isinstance(event, Argument) else event.at


def _parts(text: str, mentions: list[Mention]) -> tuple[list[Argument], list[Verb]]:
    """Return the arguments and verbs of a sentence; a word inside a name or its particles is no verb."""
    arguments = find_arguments(text, mentions)
    taken = bytearray(len(text) + 1)
    _mark(taken, [*((a.names[0].start, a.end) for a in arguments), *((m.start, m.end) for m in mentions)])
    tools = [tool for tool in _tools(text) if not (taken[tool.end - 1] or taken[tool.start + len(tool.tool or "") - 1])]
    _mark(taken, [(tool.start, tool.end) for tool in tools])
    verbs = [verb for verb in find_verbs(text) if not taken[verb.stem]]
    origins = list(find_limits(text, mentions))
    given = {name for argument, _ in origins for name in argument.names}
    arguments = [a for a in arguments if not given.intersection(a.names)]
    return [*arguments, *tools, *(a for a, _ in origins)], [*verbs, *(verb for _, verb in origins)]


def _mark(taken: bytearray, ranges: list[tuple[int, int]]) -> None:
    for start, end in ranges:
        taken[start:end] = b"\x01" * (end - start)


def _tools(text: str) -> Iterator[Argument]:
    """Yield the means that need be no names of ends: 専用線を用いて."""
    for match in _TOOL_TEXT.finditer(text):
        tool = text[match.start() : match.start("by") if match["by"] else match.end("tool")].lstrip("のとや")
        tool = _LEFT_OVER.sub("", tool)
        if tool[:1] in ("ら", "り") and text[match.start() - 1 : match.start()] in ("か", "よ"):
            tool = tool[1:]
        if tool and not _NO_TOOL.search(tool):
            start = text.index(tool, match.start())
            yield Argument(Role.TOOL, (), start, match.end(), tool=tool)


class _Walk:
    """One way through a sentence: the names said since the last verb, and who acts."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.frames: list[Frame] = []
        self.waiting: list[Argument] = []
        self.topic: tuple[Mention, ...] = ()
        self.place: tuple[Mention, ...] = ()
        self.subject: tuple[Mention, ...] = ()
        self.since = 0

    def add(self, argument: Argument) -> None:
        """Hear a name with its part."""
        self._close_clause(argument.start)
        if argument.role is Role.TOPIC:
            self.topic = argument.names
        elif argument.role is Role.AT and (argument.comma or argument.fixed):
            self.place, self.subject = argument.names, ()
        self.waiting.append(argument)

    def take(self, verb: Verb) -> None:
        """Give a verb what it uses of the names that wait; a verb that moves nothing uses them up all the same."""
        self._close_clause(verb.at)
        used, self.waiting = _share(self.text, self.waiting, verb)
        frame = Frame(verb, _without_origins(used, verb), self.since, self.topic, self.place, self.subject)
        if not verb.nominal and not verb.before_noun:
            goes_on = verb.goes_on and not verb.passive
            holds = goes_on or self._acts_on(frame)
            self.subject = (frame.names(Role.SUBJECT) or self.subject) if holds else ()
        if not verb.nominal or _FINAL.match(self.text, verb.end):
            self.since = verb.end
        if verb.move is not Move.OTHER or frame.names(Role.AT, Role.SUBJECT):
            self.frames.append(frame)

    def _acts_on(self, frame: Frame) -> bool:
        """Whether the office of a case is who acts in it: 市民課が届出を受理した場合、乙に通知する."""
        named = frame.names(Role.SUBJECT)
        offices = bool(named) and all(m.kind is EndKind.DEPARTMENT for m in named)
        return offices and not (self.topic or frame.verb.passive) and bool(_IN_CASE.match(self.text, frame.verb.end))

    def finished(self) -> list[Frame]:
        """Return the frames; 以外 after the last verb belongs to it (配信は、甲以外には行わない)."""
        beyond = tuple(a for a in self.waiting if a.role is Role.EXCEPT)
        if not (self.frames and beyond):
            return self.frames
        last = self.frames[-1]
        return [*self.frames[:-1], replace(last, arguments=last.arguments + beyond)]

    def _close_clause(self, until: int) -> None:
        """Forget what a predicate that moves nothing has used up (方法を決め、)."""
        for predicate in _PREDICATE.finditer(self.text, self.since, until):
            lawful = predicate.group().startswith("に")
            self.waiting = [a for a in self.waiting if a.start >= predicate.end() or (lawful and a.comma)]
            self.since = predicate.end()


def _without_origins(arguments: list[Argument], verb: Verb) -> tuple[Argument, ...]:
    """Leave out of whom the data are where a taking names its giver after them: 甲からの請求情報を、乙から受領."""
    givers = [a for a in arguments if a.role is Role.FROM]
    if verb.move is not Move.RECEIVE or not givers or givers[-1].noun:
        return tuple(arguments)
    return tuple(a for a in arguments if not (a.role is Role.FROM and a.noun))


def _for_sole(frame: Frame, arguments: Sequence[Argument]) -> Frame:
    """Give a sending without receiver the only one who can use it: …でしか復号できない."""
    if frame.verb.move is not Move.SEND or frame.names(Role.TO) or frame.verb.denied:
        return frame
    sole = next((a for a in arguments if a.role is Role.ONLY), None)
    return replace(frame, arguments=(*frame.arguments, replace(sole, role=Role.TO))) if sole else frame


def _superseded(text: str, frame: Frame, following: list[Frame]) -> bool:
    """Whether a later verb takes the same names: 住民からの申請の受付 is one movement."""
    if not frame.verb.nominal or not _PART.match(text, frame.verb.end):
        return False
    mine = [a for a in frame.arguments if a.role in (Role.FROM, Role.TO)]
    return any(a in later.arguments for later in following for a in mine)


def _share(text: str, every: list[Argument], verb: Verb) -> tuple[list[Argument], list[Argument]]:
    """Return the arguments that the verb uses and those that wait for the next verb."""
    if verb.nominal:
        return _share_of_noun(text, every, verb)
    if not (verb.before_noun or _PURPOSE.match(text, verb.end)):
        idle = verb.move in _IDLE
        return every, [a for a in every if idle and a.contrast and a.role is Role.FROM]
    joined = [a for a in _nouns(every) if a.role in (Role.FROM, Role.TO)]
    near = [a for a in every if not (a.comma or a in joined or _waits(text, a, verb))]
    if verb.passive and verb.move not in _IDLE and not any(a.role is Role.FROM for a in near):
        near = [a for a in every if not a.comma or a.role is Role.FROM]
    return near, [a for a in every if a not in near]


def _share_of_noun(text: str, every: list[Argument], verb: Verb) -> tuple[list[Argument], list[Argument]]:
    """Return what a noun of movement takes: all at the end of a clause, and together with the verb it is tied to."""
    if _SHARED.match(text, verb.end):
        return every, every
    if _PART.match(text, verb.end):
        return _nouns(every), [a for a in every if not a.noun or a.role in (Role.FROM, Role.TO)]
    if _FINAL.match(text, verb.end):
        between = [a for a in every if a.role is Role.BOTH and text[verb.end : verb.end + 1] == "、"]
        return [a for a in every if a not in between], between
    used = _nouns(every)
    return used, [a for a in every if a not in used]


def _nouns(arguments: list[Argument]) -> list[Argument]:
    """Return what a noun takes: からの, への, and から right before へ の (甲から乙への提供)."""
    starts = {a.start for a in arguments if a.noun and a.role not in (Role.TOPIC, Role.OF)}
    return [a for a in arguments if a.start in starts or (a.role is Role.FROM and a.end in starts)]


def _waits(text: str, argument: Argument, verb: Verb) -> bool:
    """Whether a name waits for the main verb: 住民から個人番号を記載した申告書を受け付け."""
    if argument.contrast and argument.role in (Role.FROM, Role.TO):
        return True
    if verb.move not in _IDLE or not verb.before_noun:
        return False
    if argument.role is Role.OF:
        return verb.passive
    if verb.taken or _AUTHORITY.search(verb.word) or argument.role not in (Role.FROM, Role.AT, Role.TO):
        return False
    between = text[argument.end : verb.start]
    if not verb.passive:
        return "を" in between
    return argument.role is Role.FROM or (
        argument.role is Role.TO and ("が" in between or text[argument.end - 1] == "へ")
    )
