"""What each class of verb makes of its names: one function for each, in a table.

Knows directions (から gives, へ receives); a request runs to the holder, its answer back.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from extract.facts import EndKind
from extract.flows.arrows import Arrow, End, all_systems, networks
from extract.flows.cases import Role
from extract.flows.ends import Mention
from extract.flows.frames import Frame
from extract.flows.lexicon import Move
from extract.flows.scene import Scene
from extract.flows.sending import read_received, read_send
from extract.flows.storing import KEPT_DATA, keepers, read_extract, read_put
from extract.flows.taking import read_receive

_STILL = frozenset((Move.OTHER, Move.MAKE))
_SHOWN = re.compile(r"[^、。をにへがはと]{1,24}を")
_GIVER = re.compile(r"(?:移転|送信|提供|連携)元")
_TAKER = re.compile(r"(?:移転|送信|提供|連携)先")
_PAIR = 2
_TOGETHER = re.compile(
    r"し?(?:て|ながら|つつ)?、?[^、。をにへ]{0,20}(?:事務|業務|事業|施策|支援|取り?組み?|対応|運営)を(?:行|実施|推進|進め)"
)
"""People who work together, and no data: 構成市と連携し、次の事務を行う."""
_MANNER = re.compile(r"(?:オンライン|通信|回線|ネットワーク|常時)(?:で|では|での|により|の回線で|によって)?(?:は|も)?$")
_APART = re.compile(
    r"接続(?:は|が|も|を)?(?:して|されて)?(?:(?:い|お)?(?:ない|ありません|いません)(?=[。、]|ため|が、|ので|$)|(?:い|お)?らず|なし|せず|されず)"
)
"""Systems that no line joins: what goes between them goes by a medium, or by hand."""
_MEDIUM = re.compile(r"媒体|メモリ|CD|DVD|ディスク|テープ|紙|帳票|書類")
_HANDED = re.compile(r"受け?渡")
_MUTUAL = re.compile(r"相互|双方向|互い")
_TAKING = frozenset((Move.RECEIVE, Move.CHECK))
_RESULT = re.compile(r"[ぁ-ん]?、(?:その|当該)?(?:照会)?(?:結果|回答)")


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


def _link(scene: Scene, frame: Frame, following: list[Frame]) -> list[Arrow]:
    joint = frame.names(Role.AT)
    if frame.verb.word == "同期" and joint[1:]:
        return _synchronised(scene, frame, joint)
    between = frame.argument(Role.BOTH)
    if between:
        return scene.both_ways(frame, between.names, unsure=True)
    given, targets = frame.names(Role.FROM), frame.receivers(scene.text)
    if not (given or targets):
        return _link_of_equals(scene, frame, following)
    return read_send(scene, frame, following) if targets else read_received(scene, frame, given, following)


def _link_of_equals(scene: Scene, frame: Frame, following: list[Frame]) -> list[Arrow]:
    """AはBと連携し, AとBは連携し: no particle tells who gives, unless the data are taken in right after it."""
    verb, partner = frame.verb, frame.argument(Role.WITH)
    if partner and _taken_next(frame, following):
        scene.partner = partner.names
        return []
    if verb.before_noun or _TOGETHER.match(scene.text, verb.end):
        return []
    if partner:
        return [] if verb.denied else scene.with_partners(frame, partner.names, unsure=True)
    pair = all_systems(frame.topic) and len(frame.topic) == _PAIR and not verb.nominal
    return scene.both_ways(frame, frame.topic, unsure=True) if pair else []


def _taken_next(frame: Frame, following: list[Frame]) -> bool:
    """Whether the data that the link brings are taken in right after it: Aと連携し、Xを取得する."""
    taken = following and following[0].verb.move is Move.RECEIVE and not following[0].names(Role.FROM)
    return bool(taken and frame.verb.goes_on and not frame.verb.denied)


def _synchronised(scene: Scene, frame: Frame, names: tuple[Mention, ...]) -> list[Arrow]:
    """AとBで同期を取る: from the one that is called the giver, to the one called the taker; else any way."""
    givers = tuple(m for m in names if _GIVER.match(m.name))
    takers = tuple(m for m in names if _TAKER.match(m.name))
    rest = tuple(m for m in names if m not in (*givers, *takers))
    if not (givers or takers):
        return scene.both_ways(frame, names, unsure=True)
    pairs = ((givers, rest), (rest, takers)) if rest else ((givers, takers),)
    return [arrow for one, other in pairs if one and other for arrow in scene.arrows(frame, one, other)]


def _exchange(scene: Scene, frame: Frame, following: list[Frame]) -> list[Arrow]:
    between, partner = frame.argument(Role.BOTH), frame.argument(Role.WITH)
    apart = None if frame.names(Role.VIA) else _APART.search(scene.text)
    if apart and not _MEDIUM.search(scene.text):
        return []
    unsure = bool(apart or (_HANDED.match(frame.verb.word) and not _MUTUAL.search(scene.text)))
    if between:
        return scene.both_ways(frame, between.names, unsure=unsure)
    if partner:
        return scene.with_partners(frame, partner.names, unsure=unsure)
    pair = frame.topic[1:] and not frame.topic[2:]
    if pair and not frame.names(Role.FROM, Role.TO):
        return scene.both_ways(frame, frame.topic, unsure=unsure)
    if frame.names(Role.FROM):
        return _link(scene, frame, following)
    return read_send(scene, frame, following) if frame.receivers(scene.text) else []


def _ask(scene: Scene, frame: Frame, following: list[Frame]) -> list[Arrow]:
    given, targets = frame.names(Role.FROM), frame.receivers(scene.text)
    actor = tuple(m for m in scene.actor(frame) if m not in given + targets)
    actor = actor or scene.taker(frame, following)
    if frame.verb.taken and not given and not targets:
        given = networks(scene.means(frame))
    if given and not targets:
        scene.requester = given
        return scene.arrows(frame, given, actor)
    targets = targets or networks(scene.means(frame))
    if not targets:
        return []
    asker = given or actor
    scene.ask(frame, targets, asker)
    asked = scene.arrows(frame, asker, targets)
    told_later = any(later.verb.move in _TAKING for later in following)
    if frame.verb.goes_on and not (frame.verb.denied or told_later) and _RESULT.match(scene.text, frame.verb.end):
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
        shown = frame.argument(Role.OF)
        own = shown.names if shown and _SHOWN.fullmatch(scene.text, shown.end, frame.verb.start) else scene.held(frame)
        sources = tuple(m for m in frame.names(Role.OBJECT) or own if m.kind in (EndKind.SYSTEM, EndKind.DEPARTMENT))
    if not sources or frame.verb.nominal:
        return []
    return scene.arrows(frame, sources, tuple(m for m in actor if m not in sources))


def _make(scene: Scene, frame: Frame, following: list[Frame]) -> list[Arrow]:
    """甲向けに…データを作成する; what is made for nobody named is held by its maker."""
    scene.make(frame)
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
    read = tuple(m for m in frame.names(Role.OF) if m.kind is EndKind.SYSTEM)
    if read and not frame.verb.denied and frame.verb.word == "アクセス":
        reader = tuple(m for m in scene.actor(frame) if m.kind is EndKind.SYSTEM and m not in read)
        return scene.arrows(frame, read, reader) if reader else []
    if not frame.verb.denied or not targets or _by_manner(scene.text, frame):
        return []
    if targets[1:] and not frame.names(Role.TO):
        return scene.both_ways(frame, targets, unsure=False)
    return scene.arrows(frame, sources, targets)


def _by_manner(text: str, frame: Frame) -> bool:
    """Whether only a way of connecting is denied (回線では接続しない): the data may go by another."""
    return bool(_MANNER.search(text, frame.since, frame.verb.stem))


def _other(scene: Scene, frame: Frame, _following: list[Frame]) -> list[Arrow]:
    """甲で作成した情報を…, 甲が保有する情報を…: whoever made or keeps the data holds them."""
    if frame.verb.before_noun and KEPT_DATA.match(scene.text, frame.verb.end):
        scene.hold(frame, frame.names(Role.AT) or keepers(frame))
    return []


_READERS: dict[Move, Callable[[Scene, Frame, list[Frame]], list[Arrow]]] = {
    Move.SEND: read_send,
    Move.RECEIVE: read_receive,
    Move.PUT: read_put,
    Move.EXTRACT: read_extract,
    Move.LINK: _link,
    Move.EXCHANGE: _exchange,
    Move.ASK: _ask,
    Move.CHECK: _check,
    Move.MAKE: _make,
    Move.CONNECT: _connect,
    Move.OTHER: _other,
}
