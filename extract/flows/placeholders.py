"""Words that stand where a name should and are none: 同上, 別紙のとおり, a label of the form, a list of boxes.

Whoever makes an end of a movement asks here first.
"""

from __future__ import annotations

import re

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
_LABEL = re.compile(
    r"法令上の根拠|(?:移転|提供)先における用途|(?:提供|移転)する情報(?!機関)|対象となる本人|時期・?頻度|(?:提供|移転|入手|使用)方法|委託(?:事項|先名|内容)|委託先における取扱|再委託(?:の有無|の許諾|事項|する|しない)|選択肢|"
    r"評価書(?:番号|名)|公表日|評価実施機関における|システムの(?:名称|機能)|他のシステムとの接続|保有開始日|事務担当部署|ファイルの(?:種類|名称)|記録される項目|"
    r"(?:個人番号|情報提供ネットワークシステム|専用線|電子メール|電子記録媒体)[\]\[〔〕［］○□✓レ]"
)
_BOX = re.compile(r"[\[［〔【][ 　]*[○〇◯OoレVv✓✔■□☑●]?[ 　]*[\]］〕】]|[□☑☐■][^□]*[□☑☐■]|<[^>]*>")
_OPTIONS = re.compile(r"(?:^|[^0-9])1\).*2\)|[0-9,万]+(?:人|項目)(?:以上|未満)")
_LONGEST = 120


def names_nobody(name: str) -> bool:
    """Whether ``name`` names nobody and nothing.

    >>> [names_nobody(name) for name in ("同上", "別紙1のとおり", "委託事項1に同じ", "⓵法令上の根拠", "[ ]紙[○]専用線")]
    [True, True, True, True, True]
    >>> [names_nobody(name) for name in ("みほん市", "別府市", "番号法別表第二の第一欄に掲げる者（別紙3参照）", "資料課")]
    [False, False, False, False]
    """
    plain = folded(name)
    whole = (_SAME, _ELSEWHERE, _NOBODY, _DATE)
    anywhere = (_LABEL, _BOX, _OPTIONS)
    if not plain or any(pattern.fullmatch(plain) for pattern in whole):
        return True
    return any(pattern.search(text) for pattern in anywhere for text in (plain, name[:_LONGEST]))


def is_repetition(name: str | None) -> bool:
    """Whether ``name`` says that it is the one before.

    >>> is_repetition("同上"), is_repetition("みほん課")
    (True, False)
    """
    return bool(name) and bool(_SAME.fullmatch(folded(name or "")))
