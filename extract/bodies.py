"""What stands in and behind the name of a body: its legal form, notes, counts of others, and what names none.

A parenthesis behind a name is a note unless it names a body itself; a class of companies is no company.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from extract.form import ITEMS, OPTIONS, OTHER_OPTIONS, Kind
from extract.normalize import folded

_SHORT_FORM = "株|有|合|同|資|名|社|財|独|医|福|学|宗|公財|公社|一財|一社|社福|医社|医財|特非|地独"
_SHORT = re.compile(rf"[(（]\s*({_SHORT_FORM})\s*[)）]")
_HIDDEN = str.maketrans("()（）", "\ue010\ue011\ue012\ue013")
_SHOWN = str.maketrans("\ue010\ue011\ue012\ue013", "()（）")


def hide_forms(text: str) -> str:
    """Put signs in place of the brackets of 「（株）」, so that no reader of parentheses stumbles over them.

    >>> show_forms(hide_forms("みほん電算（株）（代表企業）")), "（" in hide_forms("みほん電算（株）")
    ('みほん電算（株）（代表企業）', False)
    """
    return _SHORT.sub(lambda form: form.group().translate(_HIDDEN), text)


def show_forms(text: str) -> str:
    """Undo :func:`hide_forms`."""
    return text.translate(_SHOWN)


_NAMES_BODY = re.compile(
    r"株式会社|有限会社|合同会社|合資会社|合名会社|㈱|㈲|法人|会社|中央会|連合会|機構|基金|協会|公社|財団|組合|センター|"
    rf"[(（]\s*(?:{_SHORT_FORM})\s*[)）]|"
    r"(?<=[一-龠ぁ-ん])(?:[都府県市区町村]|広域連合|大臣|知事)$"
)
LEGAL = re.compile(
    rf"株式会社|有限会社|合同会社|合資会社|合名会社|㈱|㈲|法人|[(（]\s*(?:{_SHORT_FORM})\s*[)）]|(?:公社|財団|協会|連合会|中央会|機構|基金|組合)"
)


def names_body(name: str) -> bool:
    """Tell whether the words of a body stand in a name: 株式会社, 機構, 県.

    >>> names_body("みほん電算（株）"), names_body("ためし町"), names_body("代表企業")
    (True, True, False)
    """
    return bool(_NAMES_BODY.search(name))


# -- notes ---------------------------------------------------------------------------------------

_ROLE = re.compile(r"\s*(?:代表|構成|幹事|旧|元|以下|※|注|通称|略称|予定|住所|所在)")
_JOINT = re.compile(r"(?:共同企業体|共同事業体|共同体|企業体|コンソーシアム|ＪＶ|JV)$")
_NUMBER = r"(?:[\d０-９]{1,3}|[一二三四五六七八九十数])"
_OTHERS = re.compile(
    rf"[、，\s]*(?:(?:の|ほか|他|外|その他|など|等|計|合計)\s*の?{_NUMBER}\s*(?:社|者|団体|法人|機関|事業者)|ほか|など)$"
)
_AND_SO_ON = re.compile(r"[、，\s]*[等他]$")


def without_notes(name: str) -> str:
    """Return a body's name without the notes and the count of others behind it.

    >>> [without_notes(name) for name in ("みほん電算（株）（代表企業）", "株式会社ためしほか３社", "みほん市（架空課）")]
    ['みほん電算（株）', '株式会社ためし', 'みほん市']
    """
    text = hide_forms(name).strip()
    while text.endswith((")", "）")):
        opened = _opened(text)
        head = text[:opened].strip()
        if not head or _names_other(head, text[opened + 1 : -1]):
            break
        text = head
    bare = _OTHERS.sub("", text) or text
    bare = show_forms(bare)
    return _AND_SO_ON.sub("", bare) if LEGAL.search(bare) else bare


def _opened(text: str) -> int:
    """Return where the bracket opens that the text's last sign closes; 0 where none does."""
    depth = 0
    for at in range(len(text) - 1, -1, -1):
        depth += (text[at] in ")）") - (text[at] in "(（")
        if depth == 0:
            return at
    return 0


def _names_other(head: str, inside: str) -> bool:
    """Tell whether a parenthesis names a body that is neither a member of the one before it nor its short name."""
    letters = iter(head)
    is_short = all(letter in letters for letter in inside)
    return names_body(show_forms(inside)) and not (is_short or _ROLE.match(inside) or _JOINT.search(head))


# -- what names no body --------------------------------------------------------------------------

_TRADES = (
    "人材|労働者|派遣|紹介|印刷|封入|封緘|封かん|発送|郵便|郵送|運送|配送|輸送|運輸|物流|宅配|警備|清掃|廃棄|廃棄物|処理|処分|溶解|保守|点検|運用|管理|"
    "開発|構築|調査|入力|データ|パンチ|コールセンター|電話|通信|システム|情報|電算|専門|民間|受託|委託|落札|選定|契約|保管|倉庫|リース|機器|複合機|"
    "生命|損害|保険|建設|印字|製本|事務|業務|代行|納入|関連|子|協力|グループ|各|その|当該|及び|又は|または|・|、|の"
)
_CLASS = re.compile(
    rf"(?:.*(?:する|した|される|された|している))?(?:{_TRADES})*(?:会社|業者|事業者|企業|ベンダー?|受託者|受注者|落札者|請負者)(?:等|など)?(?:{_NUMBER}(?:社|者))?"
)


def is_class(name: str) -> bool:
    """Tell whether the words are a class of companies, which names none.

    >>> is_class("人材派遣会社"), is_class("印刷・封入業者"), is_class("みほん運送株式会社"), is_class("みほん印刷会社")
    (True, True, False, False)
    """
    return bool(_CLASS.fullmatch(folded(name)))


def _either(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, words))


_GROUPS = frozenset({"business", "system", "file", "get", "use", "entrust", "provide", "transfer", "keep"})
_CELLS = frozenset({Kind.LINE, Kind.TEXT, Kind.CHOICE, Kind.CHECKS})
_SHORT_LABEL = 4
_LABELS = sorted(
    {
        label
        for item in ITEMS
        if item.kind in _CELLS and item.key.split(".")[0] in _GROUPS
        for label in item.labels
        if len(label) >= _SHORT_LABEL
    },
    key=len,
    reverse=True,
)
_OPTIONS = sorted({*(option for options in OPTIONS.values() for option in options), *OTHER_OPTIONS}, key=len)
_FORM = re.compile(
    rf"{_either(label for label in _LABELS if len(label) > _SHORT_LABEL)}|[①-⑳⓵-⓾)](?:{_either(_LABELS)})|選択肢>|\d[).](?:{_either(reversed(_OPTIONS))})|"
    r"\[[○〇◯OレV✓✔×0]?\]|[☑☐☒□■\ue000-\ue002]"
)
_INNER_NUMBER = re.compile("[①-⑳⓵-⓾❶-❿](?=..)")
_BRACKETED = re.compile(r"[(][^()]*[)]")


def holds_form(name: str) -> bool:
    """Tell whether a would-be name holds the form itself: a label, printed options, boxes, a number within.

    Such a value shows that the cell's edges were lost; it names nothing.

    >>> [holds_form(name) for name in ("みほん課②提供先における用途", "[ ]専用線[○]紙", "1)再委託する", "みほん課（①の担当）")]
    [True, True, True, False]
    """
    text = folded(name)
    return bool(_FORM.search(text) or _INNER_NUMBER.search(_BRACKETED.sub("", text), 1))
