"""Verbs of taking, storing and taking out: where the data stand before and after.

から gives; に receives only where the verb puts the data into something.
"""

from __future__ import annotations

import re

from extract.facts import EndKind
from extract.flows.arrows import INTAKE, REQUEST, STAFF, Arrow, Names, Scene, all_systems, networks
from extract.flows.cases import ABOUT, Role
from extract.flows.frames import Frame

_STORE = frozenset((EndKind.SYSTEM, EndKind.PLACE, EndKind.DEPARTMENT, EndKind.BODY))
_SAME_DATA = re.compile(r"(?:同|当該|その)(?:情報|データ|ファイル|内容)を$")
KEPT_DATA = re.compile(rf"[ぁ-ん]*(?:[^、。をにへは]|に{ABOUT}|(?<=個人番号)を(?=[除含付]))" + r"{1,48}(?:を|は、)")
"""The described noun is what the next verb moves: 保管された情報を, 情報は、."""
_ENTRIES = re.compile(r"の[^、。をにへ]{0,20}(?:情報|データ|内容|記録)を(?:登録・?)?$")
_REGISTER = re.compile(r"データベース$|DB$")
_LAST_NOUN = re.compile(r"(?:・[一-龠]{2,4}){0,3}(?:等|など)?")
_SHARES_VERB = re.compile(r"(?:等|など)?(?:及び|並びに|・|又は|および)[^。]{1,40}(?:を行|を実施|する)")
_KEEPING = re.compile(r"保管|保存|格納|蓄積|管理")


def read_receive(scene: Scene, frame: Frame, following: list[Frame]) -> list[Arrow]:
    """Return the arrows of a verb of taking (取得, 受領, 取り込む)."""
    verb = frame.verb
    if verb.nominal and not frame.arguments:
        return []
    into = frame.receivers(scene.text) if INTAKE.search(verb.word) else ()
    sources = frame.names(Role.FROM, Role.HELD) or scene.pending or (scene.held(frame) if into else ())
    scene.pending = ()
    actor = tuple(m for m in scene.actor(frame) if m not in sources)
    answer = not sources and scene.answers(frame)
    if answer:
        actor = actor or scene.asker
        sources = tuple(m for m in scene.asked if m not in actor)
    if not sources and (not verb.nominal or _is_predicate(scene.text, frame)):
        sources = tuple(m for m in scene.means(frame) if m not in actor)
    if not sources and _SHARES_VERB.match(scene.text, verb.end):
        sources = networks(scene.means(frame))
    targets = into or actor
    if scene.lost and not (sources or scene.recalls(frame)):
        return []
    inward = not targets and all(m.kind is EndKind.PLACE for m in sources)
    if (not sources and not into) or inward:
        scene.hold(frame, actor)
        return []
    if verb.before_noun and into and not sources:
        scene.hold(frame, into)
        return []
    staff = bool(targets) and all(STAFF.search(m.name) for m in targets)
    if (staff or not targets) and not verb.denied and scene.passes_on(frame, sources, following):
        scene.pending = sources
        return scene.arrows(frame, sources, targets) if staff else []
    if verb.goes_on and not verb.denied:
        scene.hold(frame, targets)
    return scene.arrows(frame, sources, targets, answer=answer)


def _is_predicate(text: str, frame: Frame) -> bool:
    """Whether a noun ends the sentence as its verb: …を使用し所得情報を取得・確認."""
    return text[frame.verb.start - 1 : frame.verb.start] == "を" and bool(_LAST_NOUN.fullmatch(text, frame.verb.end))


def _renewed(scene: Scene, frame: Frame) -> Names:
    """Return what 更新 changes: the register itself, or the system whose own entries are renewed."""
    kept = frame.names(Role.OF) if _ENTRIES.search(scene.text, frame.since, frame.verb.start) else ()
    registers = tuple(m for m in frame.names(Role.OBJECT) if _REGISTER.search(m.name))
    return tuple(m for m in kept or registers if m.kind in _STORE)


def read_put(scene: Scene, frame: Frame, _following: list[Frame]) -> list[Arrow]:
    """Return the arrows of a verb of storing (登録, 入力, 格納)."""
    verb = frame.verb
    if verb.nominal and not frame.arguments:
        return []
    targets = tuple(m for m in frame.receivers(scene.text) if m.kind in _STORE)
    if verb.word.endswith("管理"):
        targets = frame.names(Role.AT) if _SAME_DATA.search(scene.text, 0, verb.start) else ()
    elif not targets and not verb.passive and verb.word == "更新":
        targets = _renewed(scene, frame)
    elif not targets and not verb.passive:
        targets = tuple(m for m in frame.names(Role.TOOL) if m.kind is EndKind.SYSTEM)
    if verb.before_noun and (verb.passive or not targets):
        if verb.passive or KEPT_DATA.match(scene.text, verb.end):
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
    if verb.goes_on and all_systems(targets):
        scene.hold(frame, targets)
    if REQUEST.search(scene.text, 0, verb.start):
        scene.ask(frame, targets, sources)
    return scene.arrows(frame, sources, targets)


def read_extract(scene: Scene, frame: Frame, _following: list[Frame]) -> list[Arrow]:
    """Return the arrows of a verb of taking out; mostly it only tells from where the next verb moves."""
    sources, targets = frame.names(Role.FROM), frame.receivers(scene.text)
    if sources and targets:
        return scene.arrows(frame, sources, targets)
    if not frame.verb.denied:
        scene.pending = sources or scene.pending
        scene.lost = not (scene.pending or scene.actor(frame))
    return []
