"""Verbs of storing and taking out: where the data stand before and after.

に receives only where the verb puts the data into something.
"""

from __future__ import annotations

import re

from extract.facts import EndKind
from extract.flows.arrows import REQUEST, Arrow, Names, all_systems
from extract.flows.cases import ABOUT, Role
from extract.flows.frames import Frame
from extract.flows.lexicon import Move
from extract.flows.scene import Scene
from extract.flows.sending import is_made_for_later, read_received

_STORE = frozenset((EndKind.SYSTEM, EndKind.PLACE, EndKind.DEPARTMENT, EndKind.BODY))
_SAME_DATA = re.compile(r"(?:同|当該|その)(?:情報|データ|ファイル|内容)を$")
KEPT_DATA = re.compile(
    rf"[ぁ-ん]*(?:(?!との)[^、。をにへは]|に{ABOUT}|(?<=個人番号)を(?=[除含付]))"
    + r"{1,48}(?:を|は(?!な)|のうち、|が(?=[^、。をがは]{1,24}れ[るた]))"
)
"""The described noun is what the next verb moves: 保管された情報を, 情報は."""
_ENTRIES = re.compile(r"の[^、。をにへ]{0,20}(?:情報|データ|内容|記録)を(?:登録・?)?$")
_REGISTER = re.compile(r"データベース$|DB$")
_KEPT_BY = re.compile(r"保有|管理|保管|保持|所有|作成|実施|判定|審査|決定|記入|発行|確定|算定")
_LYING = re.compile(r"保管|保存|蓄積")
"""Where the data of a system lie, not where they go: 甲のデータは乙に保管する."""
_ON_DOING = re.compile(r"(?:する)?(?:場合|とき|際)(?:に?は|に)、?")
_KEEPING = re.compile(r"保管|保存|格納|蓄積|管理")


def _renewed(scene: Scene, frame: Frame) -> Names:
    """Return what 更新 changes: the register itself, or the system whose own entries are renewed."""
    kept = frame.names(Role.OF) if _ENTRIES.search(scene.text, frame.since, frame.verb.start) else ()
    registers = tuple(m for m in frame.names(Role.OBJECT) if _REGISTER.search(m.name))
    return tuple(m for m in kept or registers if m.kind in _STORE)


def keepers(frame: Frame) -> Names:
    """Return who keeps or made the data: 甲が保有する情報, 乙が作成した一覧."""
    return frame.names(Role.SUBJECT) if _KEPT_BY.search(frame.verb.word) else ()


def read_put(scene: Scene, frame: Frame, following: list[Frame]) -> list[Arrow]:
    """Return the arrows of a verb of storing (登録, 入力, 格納)."""
    verb = frame.verb
    if verb.nominal and not frame.arguments:
        return []
    targets = _stores(scene, frame)
    if verb.before_noun and (verb.passive or not targets):
        given = frame.names(Role.FROM)
        if verb.passive and given and not frame.names(Role.TO, Role.AT) and _is_taken(scene, frame, given):
            return read_received(scene, frame, given, following)
        if verb.passive or KEPT_DATA.match(scene.text, verb.end):
            scene.hold(frame, targets or frame.names(Role.TO, Role.FROM, Role.AT) or keepers(frame))
        return []
    given = frame.names(Role.FROM)
    if targets:
        return _stored(scene, frame, targets, following)
    return scene.arrows(frame, given, ()) if given and not verb.passive and scene.by_system else []


def _is_taken(scene: Scene, frame: Frame, given: Names) -> bool:
    """Whether what somebody registered (甲から登録された情報) has come to who acts; a system may hold it itself."""
    return scene.by_system or bool(scene.actor(frame)) or not all_systems(given)


def _stores(scene: Scene, frame: Frame) -> Names:
    """Return into what the data are put."""
    verb = frame.verb
    targets = tuple(m for m in frame.receivers(scene.text) if m.kind in _STORE)
    if verb.word.endswith("管理"):
        return frame.names(Role.AT) if _SAME_DATA.search(scene.text, 0, verb.start) else ()
    if targets or verb.passive:
        return targets
    if verb.word == "更新":
        return _renewed(scene, frame)
    return tuple(m for m in frame.names(Role.TOOL) if m.kind is EndKind.SYSTEM)


def _stored(scene: Scene, frame: Frame, targets: Names, following: list[Frame]) -> list[Arrow]:
    """Return the arrows into ``targets``, from who gives or who is known to hold the data."""
    verb = frame.verb
    sources = _told_after(scene, frame, following) or scene.giver(frame, targets)
    sources = tuple(m for m in sources if m not in targets)
    scene.pending = ()
    if is_made_for_later(scene.text, frame, following):
        return []
    if verb.before_noun and not sources and _is_made_for(scene, following):
        return scene.arrows(frame, sources, targets)
    lies_there = _LYING.search(verb.word) and sources and sources == frame.names(Role.OF)
    if lies_there or (verb.denied and _KEEPING.search(verb.word)):
        return []
    kept = _KEEPING.search(verb.word) and not (scene.came and scene.by_system)
    if not sources and (verb.passive or verb.caused or verb.before_noun or scene.lost or kept):
        return []
    if verb.goes_on and all_systems(targets):
        scene.hold(frame, targets)
    if REQUEST.search(scene.text, 0, verb.start):
        scene.ask(frame, targets, sources)
    return scene.arrows(frame, sources, targets)


def _told_after(scene: Scene, frame: Frame, following: list[Frame]) -> Names:
    """Return who sends by the clause behind: 甲に登録する際は、乙から情報を送信する."""
    later = following[0] if following and _ON_DOING.match(scene.text, frame.verb.end) else None
    sends = later is not None and later.verb.move is Move.SEND and not (later.verb.before_noun or later.verb.passive)
    return later.names(Role.FROM) if later and sends and not (later.names(Role.TO) or frame.names(Role.FROM)) else ()


def _is_made_for(scene: Scene, following: list[Frame]) -> bool:
    """Whether a system makes what is stored elsewhere: 甲に登録する副本データを作成する機能."""
    made = bool(following) and following[0].verb.move is Move.MAKE and not following[0].verb.passive
    return made and scene.by_system


def read_extract(scene: Scene, frame: Frame, following: list[Frame]) -> list[Arrow]:
    """Return the arrows of a verb of taking out; mostly it only tells from where the next verb moves."""
    sources, targets = frame.names(Role.FROM), frame.receivers(scene.text)
    if sources and targets:
        return scene.arrows(frame, sources, targets)
    if sources and not frame.verb.denied and scene.stands_between(sources, following) and scene.goes_out(following):
        scene.came = True
        return scene.arrows(frame, sources, ())
    if not frame.verb.denied:
        scene.pending = sources or scene.pending
        scene.lost = not (scene.pending or scene.actor(frame))
    return []
