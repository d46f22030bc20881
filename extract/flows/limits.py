"""Ways that a sentence limits to certain ends, so that it names them: 「入手元は、…に限定」「…は、…への通信に限定」.

Each gives the ends as the argument of the movement that is limited.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.flows.cases import Argument, Role, find_links
from extract.flows.ends import Mention
from extract.flows.lexicon import Move
from extract.flows.verbs import Verb

_PLACES: tuple[tuple[re.Pattern[str], Role, Move], ...] = (
    (re.compile(r"(?:入手|取得|提供|送信)元は、?"), Role.FROM, Move.RECEIVE),
    (re.compile(r"(?:送信|提供|連携|配信|登録|移転|通知)先は、?"), Role.TO, Move.SEND),
)
"""The word for the other end, its part, and the movement that it tells."""

_LIMITED = re.compile(r"(?:等|など)?(?:のみ|だけ)?(?:に限|である|であり|となる|となって|とする|$)")
_ACT = re.compile(r"(?P<act>照会|連携|提供|送信|移転|登録|通知|入手|取得)(?:等|など)?は、?")
_ACTS = {"照会": Move.ASK, "入手": Move.RECEIVE, "取得": Move.RECEIVE}
_BY_WAY = re.compile(
    r"(?:等|など)?(?:のみ|だけ)?(?:へ|に|と)の?(?:通信|接続|送信|連携|アクセス)?(?:のみ|だけ)?(?:に限|のみ[とで])"
)


def find_limits(text: str, mentions: list[Mention]) -> Iterator[tuple[Argument, Verb]]:
    """Yield the ends to which ``text`` limits a movement, each with the movement."""
    for pattern, role, move in _PLACES:
        for found in pattern.finditer(text):
            group = _group(text, mentions, found.end())
            if group and _LIMITED.match(text, group[-1].end):
                end = group[-1].end
                word = "入手" if role is Role.FROM else "送信"
                yield Argument(role, group, group[0].start, end), _verb(move, word, found.start(), end)
    for found in _ACT.finditer(text):
        group = _group(text, mentions, found.end())
        if group and (way := _BY_WAY.match(text, group[-1].end)):
            move = _ACTS.get(found["act"], Move.SEND)
            role = Role.FROM if move is Move.RECEIVE else Role.TO
            yield Argument(role, group, group[0].start, way.end()), _verb(move, found["act"], found.start(), way.end())


def _verb(move: Move, word: str, start: int, end: int) -> Verb:
    return Verb(move, word, start, start, end, late=end)


def _group(text: str, mentions: list[Mention], start: int) -> tuple[Mention, ...]:
    """Return the names that stand at ``start``, joined by 及び and the like."""
    group: list[Mention] = []
    at = start
    for mention in mentions:
        if mention.start == at or (group and mention.start > at and find_links(text, at, mention.start)):
            group.append(mention)
            at = mention.end
    return tuple(group)
