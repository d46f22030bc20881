"""What each class of verb makes of its names: one function for each, in a table.

Knows directions (から gives, へ receives); a request runs to the holder, its answer back.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from extract.facts import EndKind
from extract.flows.arrows import INTAKE, STAFF, Arrow, End, Names, Scene, networks
from extract.flows.cases import Role
from extract.flows.frames import Frame
from extract.flows.lexicon import Move

_STORE = frozenset((EndKind.SYSTEM, EndKind.PLACE, EndKind.DEPARTMENT, EndKind.BODY))
_SAME_DATA = re.compile(r"(?:同|当該|その)(?:情報|データ|ファイル|内容)を$")
_KEPT_DATA = re.compile(r"[ぁ-ん]*[^、。をにとへは]{1,40}(?:を|は、)")
_GROUND = re.compile(r"[^、。]{1,40}を(?:もと|基|元)に")
_ENTRUSTED = re.compile(r"委託[すし]")
_KEEPING = re.compile(r"保管|保存|格納|蓄積|管理")
_SUBMIT = re.compile(r"提出|届出|届け出|申請|申告|申出|請求")
_STILL = frozenset((Move.OTHER, Move.MAKE))
_RESULT = re.compile(r"[ぁ-ん]?、(?:その|当該)?(?:照会)?(?:結果|回答)")
_REQUEST = re.compile(r"(?:照会|要求|依頼|求め)(?:情報|データ|内容|ファイル|電文|文書|書|票)?を$")


def find_arrows(scene: Scene, frames: list[Frame]) -> list[Arrow]:
    """Return the arrows of a sentence's frames, denied ones among them."""
    found: list[Arrow] = []
    for at, frame in enumerate(frames):
        if frame.verb.denied and frame.verb.move not in _STILL and frame.names(Role.EXCEPT):
            found.extend(_excepted(scene, frame))
        else:
            found.extend(_READERS[frame.verb.move](scene, frame, frames[at + 1 :]))
    return found


def _excepted(scene: Scene, frame: Frame) -> list[Arrow]:
    """X以外には送信しない: what is denied is all but X; that X receives is not said here."""
    beyond = frame.names(Role.EXCEPT)
    sources = frame.names(Role.FROM, Role.OWNER) or tuple(m for m in scene.actor(frame) if m not in beyond)
    return [
        replace(arrow, target=End(arrow.target.name + "以外", EndKind.UNKNOWN, arrow.target.mention))
        for arrow in scene.arrows(frame, sources, beyond)
    ]


def _send(scene: Scene, frame: Frame, following: list[Frame]) -> list[Arrow]:
    verb = frame.verb
    given, targets = frame.names(Role.FROM), frame.receivers(scene.text)
    between = frame.argument(Role.BOTH)
    if between and not (given or targets):
        return _both_ways(scene, frame, between.names, unsure=False)
    if not given and not targets and (verb.taken or (verb.passive and verb.before_noun)) and scene.answers(frame):
        given = scene.asked
    if verb.taken or (given and not targets and (verb.passive or verb.nominal or verb.before_noun)):
        return _received(scene, frame, given, following, answer=given is scene.asked) if given else []
    if verb.caused:
        made = given or targets
        return scene.arrows(frame, made, tuple(m for m in scene.actor(frame) if m not in made)) if made else []
    targets = targets or scene.requester or networks(scene.means(frame))
    if targets:
        return _sent(scene, frame, targets)
    return (
        scene.arrows(frame, scene.linked[:1], scene.linked[1:]) if scene.linked else _submitted(scene, frame, following)
    )


def _sent(scene: Scene, frame: Frame, targets: Names) -> list[Arrow]:
    """Return the arrows to receivers that are named: from who gives, or who is known to hold the data."""
    verb, given = frame.verb, frame.names(Role.FROM)
    known = given or frame.names(Role.OWNER, Role.TOOL) or scene.held(frame) or scene.pending
    if verb.passive and not known and not verb.denied:
        scene.hold(frame, targets if verb.before_noun else ())
        return []
    if scene.lost and not given:
        return []
    relayed = _relayed(scene, frame)
    sources = tuple(m for m in scene.giver(frame, targets) if m not in targets)
    scene.pending = ()
    by_system = scene.speaker.end is not None and scene.speaker.end.kind is EndKind.SYSTEM
    if not sources and verb.before_noun and not by_system:
        return []
    if verb.goes_on and (verb.passive or (_all_systems(targets) and (not frame.topic or not sources))):
        scene.hold(frame, targets)
    if _REQUEST.search(scene.text, 0, verb.start):
        scene.ask(frame, targets, sources)
    return relayed + scene.arrows(frame, sources, targets)


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


def _received(scene: Scene, frame: Frame, given: Names, following: list[Frame], *, answer: bool = False) -> list[Arrow]:
    """Aから送信された…: to who acts; where nobody is named, to where the next verb puts it."""
    actor = tuple(m for m in scene.actor(frame) if m not in given)
    if not actor and frame.verb.before_noun and _GROUND.match(scene.text, frame.verb.end):
        actor = next((f.names(Role.AT) for f in following if f.names(Role.AT)), ())
    if not actor and frame.verb.before_noun and _ENTRUSTED.search(scene.text, frame.verb.end):
        return []
    idle = not actor or all(STAFF.search(m.name) for m in actor)
    if idle and not frame.verb.denied and scene.passes_on(frame, given, following):
        scene.pending = given
        return []
    if not frame.verb.denied and actor:
        scene.hold(frame, actor)
    return scene.arrows(frame, given, actor, answer=answer)


def _receive(scene: Scene, frame: Frame, following: list[Frame]) -> list[Arrow]:
    verb = frame.verb
    if verb.nominal and not frame.arguments:
        return []
    into = frame.receivers(scene.text) if INTAKE.search(verb.word) else ()
    sources = frame.names(Role.FROM) or scene.pending or (scene.held(frame) if into else ())
    scene.pending = ()
    actor = tuple(m for m in scene.actor(frame) if m not in sources)
    answer = not sources and scene.answers(frame)
    if answer:
        actor = actor or scene.asker
        sources = tuple(m for m in scene.asked if m not in actor)
    if not sources and not verb.nominal:
        sources = tuple(m for m in scene.means(frame) if m not in actor)
    targets = into or actor
    if scene.lost and not sources:
        return []
    inward = not targets and all(m.kind is EndKind.PLACE for m in sources)
    if (not sources and not into) or inward:
        scene.hold(frame, actor)
        return []
    staff = bool(targets) and all(STAFF.search(m.name) for m in targets)
    if (staff or not targets) and not verb.denied and scene.passes_on(frame, sources, following):
        scene.pending = sources
        return scene.arrows(frame, sources, targets) if staff else []
    if verb.goes_on and not verb.denied:
        scene.hold(frame, targets)
    return scene.arrows(frame, sources, targets, answer=answer)


def _put(scene: Scene, frame: Frame, _following: list[Frame]) -> list[Arrow]:
    verb = frame.verb
    if verb.nominal and not frame.arguments:
        return []
    targets = tuple(m for m in frame.receivers(scene.text) if m.kind in _STORE)
    if verb.word.endswith("管理"):
        targets = frame.names(Role.AT) if _SAME_DATA.search(scene.text, 0, verb.start) else ()
    elif not targets and not verb.passive:
        targets = tuple(m for m in frame.names(Role.TOOL) if m.kind is EndKind.SYSTEM)
    if verb.before_noun and (verb.passive or not targets):
        if verb.passive or _KEPT_DATA.match(scene.text, verb.end):
            scene.hold(frame, targets or frame.names(Role.TO, Role.FROM, Role.AT))
        return []
    given = frame.names(Role.FROM)
    if not targets and given and not verb.passive and scene.speaker.end and scene.speaker.end.kind is EndKind.SYSTEM:
        return scene.arrows(frame, given, ())
    if not targets:
        return []
    sources = tuple(m for m in scene.giver(frame, targets) if m not in targets)
    scene.pending = ()
    if not sources and (verb.passive or verb.before_noun or scene.lost or _KEEPING.search(verb.word)):
        return []
    if verb.goes_on and _all_systems(targets):
        scene.hold(frame, targets)
    if _REQUEST.search(scene.text, 0, verb.start):
        scene.ask(frame, targets, sources)
    return scene.arrows(frame, sources, targets)


def _extract(scene: Scene, frame: Frame, _following: list[Frame]) -> list[Arrow]:
    sources, targets = frame.names(Role.FROM), frame.receivers(scene.text)
    if sources and targets:
        return scene.arrows(frame, sources, targets)
    if not frame.verb.denied:
        scene.pending = sources or scene.pending
        scene.lost = not (scene.pending or scene.actor(frame))
    return []


def _link(scene: Scene, frame: Frame, following: list[Frame]) -> list[Arrow]:
    between = frame.argument(Role.BOTH)
    if between:
        return _both_ways(scene, frame, between.names, unsure=True)
    given, targets = frame.names(Role.FROM), frame.receivers(scene.text)
    partner = frame.argument(Role.WITH)
    if partner and not given and not targets and not frame.verb.before_noun and not frame.verb.denied:
        return _with(scene, frame, partner.names, unsure=True)
    if given and not targets:
        return _received(scene, frame, given, following)
    return _send(scene, frame, following) if targets else []


def _exchange(scene: Scene, frame: Frame, following: list[Frame]) -> list[Arrow]:
    between, partner = frame.argument(Role.BOTH), frame.argument(Role.WITH)
    if between:
        return _both_ways(scene, frame, between.names, unsure=False)
    if partner:
        return _with(scene, frame, partner.names, unsure=False)
    pair = frame.topic[1:] and not frame.topic[2:]
    if pair and not frame.names(Role.FROM, Role.TO):
        return _both_ways(scene, frame, frame.topic, unsure=False)
    return _link(scene, frame, following) if frame.names(Role.FROM) else []


def _both_ways(scene: Scene, frame: Frame, names: Names, *, unsure: bool) -> list[Arrow]:
    one, other = names[:-1], names[-1:]
    if not one or "と" not in scene.text[one[-1].end : other[0].start]:
        return _with(scene, frame, names, unsure=unsure)
    return scene.arrows(frame, one, other, unsure=unsure) + scene.arrows(frame, other, one, unsure=unsure)


def _with(scene: Scene, frame: Frame, partners: Names, *, unsure: bool) -> list[Arrow]:
    actor = tuple(m for m in scene.actor(frame) if m not in partners)
    there = scene.arrows(frame, actor, partners, unsure=unsure)
    return there + scene.arrows(frame, partners, actor, unsure=unsure)


def _ask(scene: Scene, frame: Frame, _following: list[Frame]) -> list[Arrow]:
    given, targets = frame.names(Role.FROM), frame.receivers(scene.text)
    actor = tuple(m for m in scene.actor(frame) if m not in given + targets)
    if given and not targets:
        scene.requester = given
        return scene.arrows(frame, given, actor)
    targets = targets or networks(scene.means(frame))
    if not targets:
        return []
    asker = given or actor
    scene.ask(frame, targets, asker)
    asked = scene.arrows(frame, asker, targets)
    if frame.verb.goes_on and not frame.verb.denied and _RESULT.match(scene.text, frame.verb.end):
        asked.extend(scene.arrows(frame, targets, asker, answer=True))
    return asked


def _check(scene: Scene, frame: Frame, _following: list[Frame]) -> list[Arrow]:
    actor = scene.actor(frame)
    sources = frame.names(Role.FROM)
    if sources and frame.verb.passive:
        return scene.arrows(frame, tuple(m for m in actor if m not in sources), sources)
    if not sources and scene.answers(frame):
        sources, scene.asked = scene.asked, ()
        receivers = tuple(m for m in actor or scene.asker if m not in sources)
        return scene.arrows(frame, sources, receivers, answer=True)
    if not sources:
        sources = tuple(m for m in frame.names(Role.TOOL) if m.kind is EndKind.SYSTEM)
    if not sources and re.search(r"参照|閲覧", frame.verb.word):
        sources = tuple(m for m in frame.names(Role.OBJECT) if m.kind is EndKind.SYSTEM)
    if not sources or frame.verb.nominal:
        return []
    return scene.arrows(frame, sources, tuple(m for m in actor if m not in sources))


def _make(scene: Scene, frame: Frame, following: list[Frame]) -> list[Arrow]:
    """甲向けに…データを作成する; what is made for nobody named is held by its maker."""
    receivers = frame.names(Role.FOR)
    if receivers and not frame.verb.passive:
        return scene.arrows(frame, tuple(m for m in scene.actor(frame) if m not in receivers), receivers)
    return _other(scene, frame, following)


def _connect(scene: Scene, frame: Frame, _following: list[Frame]) -> list[Arrow]:
    """Return what a denied connection denies; a connection itself moves nothing."""
    targets = frame.names(Role.TO, Role.WITH)
    sources = frame.names(Role.FROM) or tuple(m for m in scene.actor(frame) if m not in targets)
    tied = frame.names(Role.OBJECT)
    if frame.verb.goes_on and len(tied) > 1:
        scene.linked = tied[:2]
    if not frame.verb.denied or not targets:
        return []
    if targets[1:] and not frame.names(Role.TO):
        return _both_ways(scene, frame, targets, unsure=False)
    return scene.arrows(frame, sources, targets)


def _other(scene: Scene, frame: Frame, _following: list[Frame]) -> list[Arrow]:
    """甲で作成した情報を…: whoever made the data holds them."""
    if frame.verb.before_noun and _KEPT_DATA.match(scene.text, frame.verb.end):
        scene.hold(frame, frame.names(Role.AT))
    return []


def _all_systems(names: Names) -> bool:
    return all(m.kind is EndKind.SYSTEM for m in names)


_READERS: dict[Move, Callable[[Scene, Frame, list[Frame]], list[Arrow]]] = {
    Move.SEND: _send,
    Move.RECEIVE: _receive,
    Move.PUT: _put,
    Move.EXTRACT: _extract,
    Move.LINK: _link,
    Move.EXCHANGE: _exchange,
    Move.ASK: _ask,
    Move.CHECK: _check,
    Move.MAKE: _make,
    Move.CONNECT: _connect,
    Move.OTHER: _other,
}
