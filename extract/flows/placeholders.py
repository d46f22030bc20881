"""Words that stand where a name should and are none: 同上, 別紙のとおり, a label of the form, a list of boxes.

Whoever makes an end of a movement asks here first.
"""

from __future__ import annotations

import re

from extract.bodies import holds_form
from extract.normalize import folded

_SAME = re.compile(
    r"(?:\(?[0-9]{1,2}\)?)?(?:同上|同左|同右|同前|上に同じ|〃|々|"
    r"(?:上記|前記|左記|.{0,8}[0-9①-⑳])(?:の)?(?:と|に)(?:同じ|同様)|(?:上記|前記|左記)(?:の(?:通り|とおり|者|機関))?)"
)
_ELSEWHERE = re.compile(
    r"(?:別紙|別表|別添|別記|別途|下記|次頁|添付資料?|資料)[0-9一二三四五六七八九十]*(?:(?:の)?(?:とおり|通り)|参照|を?参照|に記載|による)?"
)
_NOBODY = re.compile(
    r"(?:該当|特に?|特段)?(?:は)?(?:なし|無し|ありません)|未定|未記入|空欄|不明|随時|都度|[-―‐ー－—・*※/.…]+|[0-9]+|"
    r"[^、。]{0,10}(?:の都度|のつど|都度|毎年度?)(?:決定|選定|契約)?"
)
_DATE = re.compile(r"(?:(?:明治|大正|昭和|平成|令和)(?:[0-9]{1,2}|元)年|[0-9]{4}年)[0-9]{1,2}月(?:[0-9]{1,2}日)?.{0,4}")
_OPTIONS = re.compile(
    r"(?:^|[^0-9])1\).*2\)|[0-9,万]+(?:人|項目)(?:以上|未満)|[\[［【](?:再?委託(?:する|しない)|全部|一部|特定個人情報ファイルの全体)[\]］】]"
)
_PAGE = re.compile(r"(?:^|[^0-9A-Za-z])[-―－–] ?[0-9]{1,3} ?[-―－–](?:$|[^0-9A-Za-z])")


def names_nobody(name: str) -> bool:
    """Whether ``name`` names nobody and nothing.

    >>> [names_nobody(name) for name in ("同上", "別紙1のとおり", "委託事項1に同じ", "⓵法令上の根拠", "課- 5 -")]
    [True, True, True, True, True]
    >>> [names_nobody(name) for name in ("みほん市", "別府市", "番号法別表第二の第一欄に掲げる者（別紙3参照）", "資料課")]
    [False, False, False, False]
    """
    plain = folded(name)
    if not plain or holds_form(name):
        return True
    whole = any(pattern.fullmatch(plain) for pattern in (_SAME, _ELSEWHERE, _NOBODY, _DATE))
    return whole or any(pattern.search(plain) for pattern in (_OPTIONS, _PAGE))


def is_repetition(name: str | None) -> bool:
    """Whether ``name`` says that it is the one before.

    >>> is_repetition("同上"), is_repetition("みほん課")
    (True, False)
    """
    return bool(name) and bool(_SAME.fullmatch(folded(name or "")))
