"""Verbs of taking: who gave what is received, and where it stands then.

から gives; に receives only where the verb takes the data into something.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.facts import EndKind
from extract.flows.arrows import INTAKE, STAFF, TERMINAL, Arrow, Names, networks
from extract.flows.cases import Role
from extract.flows.frames import Frame
from extract.flows.scene import Scene

_LAST_NOUN = re.compile(r"(?:・[一-龠]{2,4}){0,3}(?:等|など)?")
_SHARES_VERB = re.compile(r"(?:等|など)?(?:及び|並びに|・|又は|および)[^。]{1,40}(?:を行|を実施|する)")
_BY_LINK = re.compile(r"の(?:[^、。をにへ]{0,8})?連携(?:機能)?(?:により|によって|で|を通じて|を通して|を介して)")


@dataclass(frozen=True, slots=True)
class _Taking:
    """One act of taking: from whom, into what, by whom, and what was under way before it."""

    sources: Names
    into: Names
    actor: Names
    under_way: Names
    answer: bool


def read_receive(scene: Scene, frame: Frame, following: list[Frame]) -> list[Arrow]:
    """Return the arrows of a verb of taking (取得, 受領, 取り込む)."""
    if frame.verb.nominal and not frame.arguments:
        return []
    taking = _taking(scene, frame)
    if scene.lost and not (taking.sources or scene.recalls(frame)):
        return []
    return _received(scene, frame, taking, following)


def _taking(scene: Scene, frame: Frame) -> _Taking:
    intake = INTAKE.search(frame.verb.word)
    into = frame.receivers(scene.text) if intake else ()
    under_way, scene.pending = scene.pending, ()
    given = frame.names(Role.FROM, Role.HELD)
    if under_way and intake and not into and all(TERMINAL.search(m.name) for m in given):
        into, given = given, ()
    sources = given or under_way or (scene.held(frame) if into else ())
    actor = tuple(m for m in scene.actor(frame) if m not in sources)
    answer = not sources and scene.answers(frame)
    if answer:
        actor = actor or scene.asker
        sources = tuple(m for m in scene.asked if m not in actor)
    return _Taking(sources or _understood_givers(scene, frame, actor), into, actor, under_way, answer)


def _understood_givers(scene: Scene, frame: Frame, actor: Names) -> Names:
    """Return who gives without から: the partner of a link, who was given something before, or the means."""
    verb = frame.verb
    givers = _linked(scene, frame) or scene.returns(frame)
    if not givers and not scene.came and (not verb.nominal or _is_predicate(scene.text, frame)):
        givers = tuple(m for m in scene.means(frame) if m not in actor)
    if not givers and _SHARES_VERB.match(scene.text, verb.end):
        givers = networks(scene.means(frame))
    return givers


def _received(scene: Scene, frame: Frame, taking: _Taking, following: list[Frame]) -> list[Arrow]:
    """Return the arrows of what is received, unless it only passes through on its way."""
    verb, sources, into = frame.verb, taking.sources, taking.into
    targets = into or taking.actor
    inward = not targets and all(m.kind is EndKind.PLACE for m in sources)
    if inward or not (sources or into) or (verb.before_noun and into and not sources):
        scene.hold(frame, into or taking.actor)
        return []
    staff = bool(targets) and all(STAFF.search(m.name) for m in targets)
    onward = (staff or not targets) and not verb.denied and not scene.stands_between(sources, following)
    if onward and scene.passes_on(frame, sources, following):
        scene.wait(frame, sources, taking.under_way)
        return scene.arrows(frame, sources, targets) if staff else []
    if verb.goes_on and not verb.denied:
        scene.hold(frame, targets)
    if into:
        scene.give(frame, into)
    scene.came = scene.came or bool(sources and not into)
    return scene.arrows(frame, sources, targets, answer=taking.answer)


def _linked(scene: Scene, frame: Frame) -> Names:
    """Return the partner of a link that brings the data: Aと連携し、Xを取得する, Aとの連携により取り込む."""
    partner, scene.partner = scene.partner, ()
    joined = frame.argument(Role.WITH)
    return partner or (joined.names if joined and _BY_LINK.match(scene.text, joined.end) else ())


def _is_predicate(text: str, frame: Frame) -> bool:
    """Whether a noun ends the sentence as its verb: …を使用し所得情報を取得・確認."""
    return text[frame.verb.start - 1 : frame.verb.start] == "を" and bool(_LAST_NOUN.fullmatch(text, frame.verb.end))
