"""Verbs of giving: who sends, who receives, and what a sentence leaves open of both.

から gives and へ receives; what is handed in goes to who reads it, what passes through goes on.
"""

from __future__ import annotations

import re

from extract.facts import EndKind
from extract.flows.arrows import REQUEST, STAFF, Arrow, Names, all_systems, networks
from extract.flows.cases import Role
from extract.flows.ends import is_network
from extract.flows.frames import Frame
from extract.flows.lexicon import Move
from extract.flows.scene import Scene

_GROUND = re.compile(r"[^、。]{1,40}を(?:もと|基|元)に")
_ENTRUSTED = re.compile(r"委託[すし]")
_ONWARD = (Move.SEND, Move.PUT, Move.LINK)
_IN_ORDER_TO = re.compile(r"[ぁ-ん]{0,2}ための")
_SUBMIT = re.compile(r"提出|届出|届け出|申請|申告|申出|請求")


def read_send(scene: Scene, frame: Frame, following: list[Frame]) -> list[Arrow]:
    """Return the arrows of a verb of giving (送信, 提供, 通知)."""
    verb = frame.verb
    if is_made_for_later(scene.text, frame, following):
        return []
    given, targets = frame.names(Role.FROM), frame.receivers(scene.text)
    between = frame.argument(Role.BOTH)
    if between and not (given or targets):
        return scene.both_ways(frame, between.names, unsure=False)
    if not given and not targets and (verb.taken or (verb.passive and verb.before_noun)) and scene.answers(frame):
        given = scene.asked
    if not given and not targets and verb.before_noun:
        given = scene.returns(frame)
    if verb.taken or (given and not targets and (verb.passive or verb.nominal or verb.before_noun)):
        return read_received(scene, frame, given, following, answer=given is scene.asked) if given else []
    if verb.caused:
        made = given or targets
        return scene.arrows(frame, made, tuple(m for m in scene.actor(frame) if m not in made)) if made else []
    targets = targets or scene.requester or networks(scene.means(frame))
    if targets:
        return _sent(scene, frame, targets)
    if verb.before_noun and not verb.passive:
        scene.hold(frame, frame.names(Role.SUBJECT))
    return (
        scene.arrows(frame, scene.linked[:1], scene.linked[1:]) if scene.linked else _submitted(scene, frame, following)
    )


def _sent(scene: Scene, frame: Frame, targets: Names) -> list[Arrow]:
    """Return the arrows to receivers that are named: from who gives, or who is known to hold the data."""
    verb, given = frame.verb, frame.names(Role.FROM)
    known = given or frame.names(Role.OWNER, Role.TOOL) or scene.held(frame) or scene.pending
    if verb.passive and not known and not verb.before_noun and (relay := _relays(frame)):
        return scene.arrows(frame, relay, targets)
    if verb.passive and not known and not verb.denied:
        scene.hold(frame, targets if verb.before_noun else ())
        return []
    if scene.lost and not given:
        return []
    relayed = _relayed(scene, frame)
    if scene.sent and not given and _is_parallel(frame):
        scene.hold(frame, scene.sent)
        return scene.arrows(frame, tuple(m for m in scene.sent if m not in targets), targets)
    scene.sent = given
    scene.give(frame, targets)
    sources = tuple(m for m in scene.giver(frame, targets) if m not in targets)
    scene.pending = ()
    if not sources and verb.before_noun and not scene.by_system:
        return []
    if verb.goes_on and (verb.passive or (all_systems(targets) and (not frame.topic or not sources))):
        scene.hold(frame, targets)
    if REQUEST.search(scene.text, 0, verb.start):
        scene.ask(frame, targets, sources)
    return relayed + scene.arrows(frame, sources, targets)


def is_made_for_later(text: str, frame: Frame, following: list[Frame]) -> bool:
    """Whether the clause only says what for something is made that then goes elsewhere: 甲に提供する副本を作成し、乙へ送信."""
    made = bool(following) and following[0].verb.move is Move.MAKE and not following[0].verb.passive
    describes = frame.verb.before_noun or _IN_ORDER_TO.match(text, frame.verb.end)
    purpose = describes and not (frame.verb.passive or frame.names(Role.FROM))
    return made and bool(purpose) and any(f.verb.move in _ONWARD and f.names(Role.TO) for f in following[1:])


def _is_parallel(frame: Frame) -> bool:
    """Whether the receiver is set beside the one before: AからBへXを送り、CへはYを送る."""
    receiver = frame.argument(Role.TO)
    return receiver is not None and receiver.contrast


def _relays(frame: Frame) -> Names:
    """Return through whom the data pass where nobody gives them: …は、乙を経由して丙に送られる."""
    return tuple(m for m in frame.names(Role.VIA) if m.kind is not EndKind.PLACE and not is_network(m.name))


def _relayed(scene: Scene, frame: Frame) -> list[Arrow]:
    """Aから抽出した情報を、Bの機能を用いて…: the data pass through B on their way."""
    relay = frame.names(Role.OWNER)
    if not (relay and scene.pending):
        return []
    pending, scene.pending = scene.pending, ()
    return scene.arrows(frame, pending, relay)


def _submitted(scene: Scene, frame: Frame, following: list[Frame]) -> list[Arrow]:
    """住民が…を申請する: no receiver is named, and it is who reads the application."""
    people = tuple(m for m in frame.names(Role.SUBJECT, Role.TOPIC) if m.kind in (EndKind.PERSON, EndKind.BODY))
    if not people or not _SUBMIT.search(frame.verb.word) or frame.verb.passive or frame.verb.nominal:
        return []
    if any(later.verb.move is Move.SEND and later.names(Role.SUBJECT) for later in following):
        return []
    place = tuple(m for m in frame.names(Role.AT) or frame.place if m.kind is not EndKind.SYSTEM)
    return scene.arrows(frame, people, place)


def read_received(
    scene: Scene, frame: Frame, given: Names, following: list[Frame], *, answer: bool = False
) -> list[Arrow]:
    """Aから送信された…: to who acts; where nobody is named, to where the next verb puts it."""
    actor = tuple(m for m in scene.actor(frame) if m not in given)
    if not actor and frame.verb.before_noun and _GROUND.match(scene.text, frame.verb.end):
        actor = next((f.names(Role.AT) for f in following if f.names(Role.AT)), ())
    if not actor and frame.verb.before_noun and _ENTRUSTED.search(scene.text, frame.verb.end):
        return []
    actor = actor or scene.taker(frame, following)
    idle = not actor or all(STAFF.search(m.name) for m in actor)
    if idle and not frame.verb.denied and scene.passes_on(frame, given, following):
        scene.wait(frame, given, scene.pending)
        return []
    if not frame.verb.denied and actor:
        scene.hold(frame, actor)
    scene.came = True
    return scene.arrows(frame, given, actor, answer=answer)
