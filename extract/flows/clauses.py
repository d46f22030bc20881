"""Which names belong to which verb: one frame for each verb of movement in a sentence.

Knows the order of Japanese: a verb takes the names before it, up to the verb before; what は and において
name stays for the whole sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from extract.flows.cases import Argument, Role, find_arguments, find_links
from extract.flows.ends import Gazetteer, Mention
from extract.flows.verbs import Move, Verb, find_verbs

_TOOL_TEXT = re.compile(
    r"(?P<tool>(?:(?!から|より)[^、。をにへがはで・:]){2,30})(?:を(?:利用|使用|活用|用い)(?:し|て|する(?:こと(?:で|により)))て?|を(?:介|経由)して|を通じて|を通して|で(?=[^、。]{0,40}(?:送|提供|提出|入手|連携|授受|受け取|受領|渡)))"
)
_FREQUENCY = re.compile(r"^(?:日次|月次|年次|週次|随時|都度|毎.*|一括|.*単位|.*頻度)$")
_PREDICATE = re.compile(
    r"を(?!用|基|介|通|経|以|除|踏|もと|もっ|含|利用|使用|活用)[^、。をにへが]{0,12}?[一-龠][ぁ-ん]{0,2}[しりきみえけてでいれせち]、|に基づ(?:き|いて)、"
)
_PURPOSE = re.compile(r"[ぁ-ん]{0,2}?ための")
_AUTHORITY = re.compile(r"委託|認定|許可|承認|任命|選任|指定|派遣|雇用|付与|割り?当|許諾|委任")
_ORIGIN = re.compile(r"(?:入手|取得|提供|送信)元は、?")
_LIMITED = re.compile(r"(?:等|など)?(?:のみ|だけ)?(?:に限|である|であり|となる|となって|とする|$)")
_SHARED = re.compile(r"(?:等|など)?(?:・|及び|および|並びに|又は|または|や|と)")
_PART = re.compile(r"(?:等|など)?(?:に関する|に係る|の(?!際|都度|上))")
_FINAL = re.compile(r"(?:等|など|業務|処理|作業)?(?:$|[、。:)/]|後|時|際|済)")


@dataclass(frozen=True, slots=True)
class Frame:
    """A verb with the names that it takes, and who acts in the sentence around it."""

    verb: Verb
    arguments: tuple[Argument, ...]
    since: int
    topic: tuple[Mention, ...] = ()
    place: tuple[Mention, ...] = ()
    subject: tuple[Mention, ...] = ()

    def names(self, *roles: Role) -> tuple[Mention, ...]:
        """Return the names that play the first of ``roles`` which any name plays."""
        for role in roles:
            found = tuple(name for argument in self.arguments if argument.role is role for name in argument.names)
            if found:
                return found
        return ()

    def receivers(self, text: str) -> tuple[Mention, ...]:
        """Return the names that へ or に marks: the last, and those with an object of their own (甲に票を、乙に証を)."""
        marked = [a for a in self.arguments if a.role is Role.TO]
        own = [a for a, b in zip(marked, marked[1:], strict=False) if "を" in text[a.end : b.start]]
        return tuple(name for argument in [*own, *marked[-1:]] for name in argument.names)

    def argument(self, *roles: Role) -> Argument | None:
        """Return the last argument in one of ``roles``."""
        return next((a for a in reversed(self.arguments) if a.role in roles), None)


@dataclass
class _Open:
    """What has been said since the last verb."""

    arguments: list[Argument] = field(default_factory=list)
    topic: tuple[Mention, ...] = ()
    place: tuple[Mention, ...] = ()
    subject: tuple[Mention, ...] = ()
    since: int = 0


def find_frames(text: str, gazetteer: Gazetteer) -> list[Frame]:
    """Return a frame for each verb of movement in ``text``, from left to right."""
    mentions = gazetteer.find_mentions(text)
    arguments = find_arguments(text, mentions)
    taken = _covered(text, [*((a.names[0].start, a.end) for a in arguments), *((m.start, m.end) for m in mentions)])
    tools = [tool for tool in _tools(text) if not (taken[tool.end - 1] or taken[tool.start + len(tool.tool or "") - 1])]
    taken = _covered(text, [(tool.start, tool.end) for tool in tools], taken)
    arguments.extend(tools)
    verbs = [verb for verb in find_verbs(text) if not taken[verb.stem]]
    verbs.extend(_origins(text, mentions, arguments))
    events = sorted([*((a.end, a) for a in arguments), *((v.at, v) for v in verbs)], key=lambda event: event[0])
    sole = tuple(a for a in arguments if a.role is Role.ONLY)
    state = _Open()
    frames: list[Frame] = []
    for at, event in events:
        if isinstance(event, Argument):
            _close_clause(text, state, event.start)
            _add(state, event)
            continue
        _close_clause(text, state, at)
        frame = _frame(text, state, event)
        if frame:
            frames.append(frame)
    beyond = tuple(a for a in state.arguments if a.role is Role.EXCEPT)
    if frames and beyond:
        frames[-1] = replace(frames[-1], arguments=frames[-1].arguments + beyond)
    frames = [_for_sole(f, sole) for f in frames]
    return [f for at, f in enumerate(frames) if not _superseded(text, f, frames[at + 1 :])]


def _for_sole(frame: Frame, sole: tuple[Argument, ...]) -> Frame:
    """Give a sending without receiver the only one who can use it: …でしか復号できない."""
    if frame.verb.move is not Move.SEND or frame.names(Role.TO) or not sole or frame.verb.denied:
        return frame
    return replace(frame, arguments=(*frame.arguments, replace(sole[0], role=Role.TO)))


def _superseded(text: str, frame: Frame, following: list[Frame]) -> bool:
    """Whether a later verb takes the same names: 住民からの申請の受付 is one movement."""
    if not frame.verb.nominal or not _PART.match(text, frame.verb.end):
        return False
    mine = [a for a in frame.arguments if a.role in (Role.FROM, Role.TO)]
    return any(a in later.arguments for later in following for a in mine)


def _covered(text: str, ranges: list[tuple[int, int]], covered: bytearray | None = None) -> bytearray:
    """Return for each character whether one of ``ranges`` holds it."""
    marks = covered or bytearray(len(text) + 1)
    for start, end in ranges:
        marks[start:end] = b"\x01" * (end - start)
    return marks


def _tools(text: str) -> Iterator[Argument]:
    """Yield the means that need be no names of ends: 専用線を用いて."""
    for match in _TOOL_TEXT.finditer(text):
        tool = match["tool"].lstrip("のとや")
        if tool[:1] in ("ら", "り") and text[match.start() - 1 : match.start()] in ("か", "よ"):
            tool = tool[1:]
        if not tool or _FREQUENCY.search(tool):
            continue
        yield Argument(Role.TOOL, (), match.end("tool") - len(tool), match.end(), tool=tool)


def _origins(text: str, mentions: list[Mention], arguments: list[Argument]) -> Iterator[Verb]:
    """Yield a taking for 「入手元は、AとBに限定」 and turn its names into givers."""
    for origin in _ORIGIN.finditer(text):
        group: list[Mention] = []
        at = origin.end()
        for mention in mentions:
            if mention.start == at or (group and mention.start > at and find_links(text, at, mention.start)):
                group.append(mention)
                at = mention.end
        if group and _LIMITED.match(text, at):
            arguments[:] = [a for a in arguments if a.names[:1] != tuple(group[:1]) and a.names != tuple(group)]
            arguments.append(Argument(Role.FROM, tuple(group), group[0].start, at))
            yield Verb(Move.RECEIVE, "入手", origin.start(), at, at)


def _close_clause(text: str, state: _Open, until: int) -> None:
    """Forget what a predicate that moves nothing has used up (方法を決め、)."""
    predicate = None
    for predicate in _PREDICATE.finditer(text, state.since, until):
        pass
    if predicate:
        lawful = predicate.group().startswith("に")
        state.arguments = [a for a in state.arguments if a.start >= predicate.end() or (lawful and a.comma)]
        state.since = predicate.end()


def _add(state: _Open, argument: Argument) -> None:
    if argument.role is Role.TOPIC:
        state.topic = argument.names
    elif argument.role is Role.AT and (argument.comma or argument.fixed):
        state.place = argument.names
    state.arguments.append(argument)


def _frame(text: str, state: _Open, verb: Verb) -> Frame | None:
    """Take from ``state`` what ``verb`` uses; None if the verb moves nothing."""
    used, kept = _share(text, state, verb)
    frame = Frame(verb, tuple(used), state.since, state.topic, state.place, state.subject)
    if not verb.nominal and not verb.before_noun:
        state.subject = (frame.names(Role.SUBJECT) or state.subject) if verb.goes_on and not verb.passive else ()
    state.arguments = kept
    if not verb.nominal or _FINAL.match(text, verb.end):
        state.since = verb.end
    return frame if verb.move is not Move.OTHER or frame.names(Role.AT) else None


def _nouns(arguments: list[Argument]) -> list[Argument]:
    """Return what a noun takes: からの, への, and から right before へ の (甲から乙への提供)."""
    used = [a for a in arguments if a.noun and a.role is not Role.TOPIC]
    starts = {a.start for a in used}
    return [a for a in arguments if a in used or (a.role is Role.FROM and a.end in starts)]


def _stays(text: str, argument: Argument, verb: Verb) -> bool:
    """Whether a name waits for the main verb: 住民から個人番号を記載した申告書を受け付け."""
    if verb.taken or argument.role not in (Role.FROM, Role.AT, Role.TO):
        return False
    if verb.passive:
        return argument.role is Role.FROM and not _AUTHORITY.search(verb.word)
    return "を" in text[argument.end : verb.start]


def _share(text: str, state: _Open, verb: Verb) -> tuple[list[Argument], list[Argument]]:
    """Return the arguments that the verb uses and those that wait for the next verb."""
    every = list(state.arguments)
    if verb.nominal:
        if _SHARED.match(text, verb.end):
            return every, every
        if _PART.match(text, verb.end):
            return _nouns(every), [a for a in every if not a.noun or a.role in (Role.FROM, Role.TO)]
        if not _FINAL.match(text, verb.end):
            used = _nouns(every)
            return used, [a for a in every if a not in used]
    elif verb.before_noun or _PURPOSE.match(text, verb.end):
        near = [
            a
            for a in every
            if not a.comma and not (verb.move is Move.OTHER and verb.before_noun and _stays(text, a, verb))
        ]
        if verb.passive and verb.move is not Move.OTHER and not any(a.role is Role.FROM for a in near):
            near = [a for a in every if not a.comma or a.role is Role.FROM]
        return near, [a for a in every if a not in near]
    return every, []
