"""Names: definitions (以下「…」という), lists of bodies, bodies behind offices, and what kind a system is.

Names are never guessed: a list is split only where both sides can stand as names.
"""

from __future__ import annotations

import re

from extract.bodies import hide_forms, holds_form, names_body, show_forms
from extract.citations import find_title_before
from extract.form import ITEMS
from extract.normalize import TAG, clean, folded

# -- definitions ---------------------------------------------------------------------------------

_DEFINITION = re.compile(
    r"[(（](?P<before>[^()（）「」『』｢｣]{0,40}?[。、，､\s])?以下[、，､]?(?P<scope>[^「『｢()（）。]{0,14})[「『｢](?P<short>[^」』｣]{1,60})[」』｣]\s*"
    r"(?:という|といいます|と呼ぶ|と称する|とする|と表記する|と略す)"
)
_MEANT = re.compile(r"[（(]\s*[「『](?P<short>[^」』]{2,40})[」』]\s*と(?:同義|同じ)(?:。|である)?\s*[）)]")
_NAME_END = re.compile(
    r"(?:[^\s、。，．､｡「」『』｢｣（）()<>＜＞\[\]:：;；※*＊/／]|[(（](?!以下)[^()（）]{0,30}[)）])+$"
)
_BEFORE_NAME = re.compile(
    r"^.*(?:が|は|を|へ|から|より|において|における|により|による|に対して|に対し|について|に係る|として|する|した|される|された|いる|受けた|行う|^(?:及び|および|並びに|又は|または|若しくは|[とやをはがにへでの](?=[一-龠ァ-ヶ]))|"
    r"(?<=[^ァ-ヶー])[・･]|[・･](?=[^ァ-ヶー]))(?=[^\sのにをはがへとで]..)"
)
_LAW_END = re.compile(r"(?:法律?|条例|規則|規程|政令|省令|命令|要綱|指針|告示)(?:[(（].*)?$")


def find_definitions(raw: str) -> list[tuple[str, str, int, int]]:
    """Return (short, full, start, end) for each 「full（以下「short」という。）」, offsets into ``raw``.

    >>> [(short, full) for short, full, *_ in find_definitions("架空県国民健康保険団体連合会（以下「国保連」という。）へ送る。")]
    [('国保連', '架空県国民健康保険団体連合会')]
    """
    found = []
    for pattern in (_DEFINITION, _MEANT):
        for match in pattern.finditer(raw):
            full = _name_before(raw, match.start())
            short = _NOTE_SIGN.sub("", clean(match["short"]))
            if full and short and folded(short) != folded(full):
                found.append((short, full, match.start() - 0, match.end()))
    return sorted(found, key=lambda row: row[2])


def _name_before(raw: str, at: int) -> str:
    """Return the noun that ends at ``at``: back to a line's edge, a mark of punctuation or a particle."""
    line = raw[max(0, at - _LONGEST_NAME) : at]
    before = _LABEL.sub("", clean(re.split(r"\t|\n\s*\n|\n\s*[・◆○●■◇※①-⑳]|<p>|<t[dh]\b[^>]*>", line)[-1]))
    before = before.rstrip("\"'“”")
    if before.endswith(("」", "』")):
        opened = max(before.rfind("「"), before.rfind("『"))
        return _whole_title(before[opened + 1 : -1]) if opened >= 0 else ""
    match = _NAME_END.search(before)
    if match is None:
        return ""
    name = _NUMBERING.sub("", match.group())
    if name.count(")") + name.count("）") > name.count("(") + name.count("（"):
        name = name.rstrip(")）")
    return _whole_title(name) if _LAW_END.search(name) else _without_lead(name)


def _without_lead(name: str) -> str:
    """Cut what a particle parts from the noun; a place's name in hiragana holds none."""
    kept = _PLACE.sub(lambda place: place.group().replace(place["kana"], place["kana"].translate(_KEPT)), name)
    return _BEFORE_NAME.sub("", kept).translate(_BACK)


_KANA = range(ord("ぁ"), ord("ん") + 1)
_KEPT = {kana: 0xE100 + kana - ord("ぁ") for kana in _KANA}
_BACK = {sign: kana for kana, sign in _KEPT.items()}
_PLACE = re.compile(
    r"(?:^|(?<=[・\s])|(?<=[一-龠ァ-ヶー])(?:から|より|及び|として|について|に対し|により|[はがをへとでにやの]))"
    r"(?P<kana>(?!(?:その|この|これ|それ|あの|どの|なお|また|すべて|ただし|および))[ぁ-ん]{2,7})"
    r"(?<!する)(?<!した|いる|ある|れる|れた|ける|よる|った|ため|もの|こと|など)(?<!ための|による)(?=[都道府県市区町村郡])"
)
"""Hiragana that stand before 市 or 町, at the beginning or behind a particle."""


def _whole_title(name: str) -> str:
    """Return the title of the law at the end of ``name``, else ``name`` itself."""
    return (find_title_before(name) if _LAW_END.search(name) else None) or name


_LONGEST_NAME = 120
_WORD = 3  # labels this short are words that a name may begin with
_LABEL = re.compile(
    rf"^[①-⑳\d.．]*(?:{'|'.join(re.escape(label) for item in ITEMS for label in item.labels if len(label) > _WORD)})※?"
)


# -- lists of names ------------------------------------------------------------------------------

_LEGAL_FORM = (
    r"(?:株式会社|有限会社|合同会社|合資会社|合名会社|\(株\)|\(有\)|（株）|（有）|㈱|㈲|一般社団法人|公益社団法人|一般財団法人|公益財団法人|"
    r"社会福祉法人|医療法人(?:社団|財団)?|学校法人|特定非営利活動法人|NPO法人|独立行政法人|地方独立行政法人|国立大学法人)"
)
_COMPANY = re.compile(
    rf"{_LEGAL_FORM}[^、。，()（）\[\]]{{2,30}}(?:[(（][^()（）]*[)）])?|[^、。，()（）\[\]]{{2,30}}{_LEGAL_FORM}(?:[^、。，()（）\[\]]{{2,12}})?"
)
_ORGANISATION = re.compile(
    r"(?:省|庁|局|部|課|室|係|班|所|署|院|校|園|館|会|団|社|行|市|区|町|村|県|府|都|道|組合|連合|機構|基金|公社|公団|センター|窓口|支所|事務所|"
    r"出張所|機関|事業者|業者|法人|団体|自治体|保険者|自治会|委員会|大臣|知事|長|者|人|家族|システム|ファイル|等)(?:\s*[(（][^()（）]*[)）])?$"
)
_SEPARATORS = re.compile(r"[、，､｡,;；／\n]|[①-⑳](?=\s*\S\S)|(?<=\S)\s*(?:・|･)\s*|\s{1,}")
_HARD = frozenset("、，､｡,;；／①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
_PLACEHOLDER = re.compile(
    r"^(?:〃|[同々]上?|同[上左右前]|.{0,16}(?:[にと]同じ|と同様)(?:。|である)?|(?:ほか|他|外|その他)(?:[\d数]+)(?:社|者|団体|法人|機関)|未定|未選定|選定中|調整中|検討中|非公開|非公表|なし|無し|該当なし|特になし|[-―—－ー]+|"
    r".{0,16}(?:入札|契約|調達|選定|公募|プロポーザル|見積|の?つど|都度|毎年度?)[^、]{0,12}(?:決定|選定|決め)(?:する|した|します|予定)?.*|"
    r".*(?:で|に|にて|において)(?:公表|公開|掲載)(?:する|している|します)?|"
    r".*(?:を|に)参照.*|.*のとおり.*|.*に(?:より)?異なる.*|[他等外]|ほか|など|.*に記載.*|.*(?:別紙|別表|別添)\d*.*)。?$"
)


def is_placeholder(text: str) -> bool:
    """Tell whether a cell holds no name but a reference or a blank (同上, 未定, 別表1に記載).

    >>> is_placeholder("同上"), is_placeholder("別紙1を参照"), is_placeholder("株式会社みほん")
    (True, True, False)
    >>> is_placeholder("委託事項1に同じ"), is_placeholder("契約のつど決定"), is_placeholder("町のサイトで公表")
    (True, True, True)
    """
    return bool(_PLACEHOLDER.match(folded(text)))


def is_company(text: str) -> bool:
    """Tell whether a line is the name of one body with its legal form, and nothing else.

    >>> is_company("株式会社 みほん"), is_company("みほん株式会社架空支店"), is_company("株式会社みほんに委託する。")
    (True, True, False)
    """
    return bool(_COMPANY.fullmatch(clean(text)))


def split_names(raw: str) -> list[str]:
    """Split the raw text of a cell or parenthesis into names.

    Commas always part names; a space, a line break or a middle dot only where what stands before it can
    end a name and what follows is no legal form's rest.

    >>> split_names("福祉部みほん課 市民部ためし課")
    ['福祉部みほん課', '市民部ためし課']
    >>> split_names("架空県国民健康保険\\n団体連合会、こども・若者課、株式会社 みほん")
    ['架空県国民健康保険団体連合会', 'こども・若者課', '株式会社みほん']
    """
    names: list[str] = []
    for part in _split_outside(_ASIDE.sub("", hide_forms(TAG.sub("\n", raw)))):
        name = show_forms(_strip_name(part))
        if _LETTER.search(name) and not _BOX.search(name) and not holds_form(part.strip()):
            names.append(name)
    return names


_ASIDE = re.compile(
    r"[※＊](?:[\d０-９]{1,2}|(?=[、，､\s)）]|$))|"
    r"(?<=[^\s、，､])[※＊](?=[^\n、，､)）]{0,80}(?:[はをがに]|ない|する|除く|のみ))[^\n、，､)）]{4,}"
)
"""「※1」 behind a name, and the note that 「※」 begins."""
_LETTER = re.compile(r"[^\W\d_①-⑳]")


_BOX = re.compile(r"[\[\]☑☐□■]")


def split_joined(name: str) -> list[str]:
    """Split 「甲株式会社及び乙株式会社」, where both sides carry the words of a body.

    >>> split_joined("架空県及びみほん機構"), split_joined("運用及び保守の株式会社ためし")
    (['架空県', 'みほん機構'], ['運用及び保守の株式会社ためし'])
    """
    parts = re.split(r"及び|および|並びに|ならびに", name)
    return parts if len(parts) > 1 and all(names_body(part) for part in parts) else [name]


def _split_outside(raw: str) -> list[str]:
    """Split at separators that stand outside brackets."""
    parts: list[str] = []
    start = depth = 0
    at = 0
    while at < len(raw):
        char = raw[at]
        depth += (char in "(（「『｢【") - (char in ")）」』｣】")
        match = _SEPARATORS.match(raw, at) if depth <= 0 else None
        if match and _parts_names(
            raw[max(start, at - _REACH) : at], raw[match.end() : match.end() + _REACH], match.group()
        ):
            parts.append(raw[start:at])
            start = match.end()
        at = match.end() if match else at + 1
    parts.append(raw[start:])
    return parts


_REACH = 200
"""How far two names are looked at on either side of what may part them."""


def _parts_names(before: str, after: str, separator: str) -> bool:
    if separator.strip() in _HARD and separator.strip():
        return not _NUMBER_SIGN.match(separator) or not holds_form(separator + after[:_LONGEST_LABEL])
    following = _BULLET.sub("", after.lstrip())
    if _is_next(before, after) or (not separator.strip() and _are_companies(before, following)):
        return True
    head = clean(before)
    tail = clean(re.split(r"[、，,\s・･]", following, maxsplit=1)[0])
    if not head or not tail or re.fullmatch(_LEGAL_FORM, head) or re.match(_LEGAL_FORM + "$", tail):
        return False
    ends_name = bool(_ORGANISATION.search(head)) and not (_REST.fullmatch(tail) and _UNENDED.search(head))
    if "・" in separator or "･" in separator:
        return ends_name and bool(_ORGANISATION.search(tail)) and len(head) > 1
    return ends_name and not re.match(r"[(（]", tail)


def _are_companies(first: str, second: str) -> bool:
    """Tell whether two words are a company each, and not the members that name a consortium."""
    words = (first, re.split(r"[、，､\n]", second[:_LONGEST_NAME], maxsplit=1)[0])
    names = [_strip_name(show_forms(word)) for word in words if len(word) < _LONGEST_NAME]
    return len(names) == len(words) and all(map(is_company, names)) and not _CONSORTIUM.search(names[1])


_CONSORTIUM = re.compile(r"(?:企業体|共同体|コンソーシアム|ＪＶ|JV)$")


def _is_next(before: str, after: str) -> bool:
    """Tell whether a list goes on behind a space: 「ア …」 with 「イ …」, 「・…」 with 「・…」."""
    first, second = _MARK.match(before), _MARK.match(after)
    if not first or not second:
        return False
    return any(first["mark"] + second["mark"] in sequence for sequence in _SEQUENCES)


_MARK = re.compile(r"\s*[(（]?(?P<mark>[・○●◆■]|[1-9１-９ア-コ](?=[)）.．\s]))[)）.．]?\s*(?=[^\W\d_(（]{2}|[(（])")
_SEQUENCES = ("123456789", "１２３４５６７８９", "アイウエオカキクケコ", "・・", "○○", "●●", "◆◆", "■■")
_NUMBER_SIGN = re.compile("[①-⑳]")
_LONGEST_LABEL = 24
_REST = re.compile(
    r"(?:機構|基金|連合会|団体連合会|中央会|協会|公社|組合|事務組合|広域連合|センター|委員会|事務所|公団|財団)"
)
_UNENDED = re.compile(r"(?:システム|ファイル|団体|社会|保険|保険者|支払|者|等)$")
"""What a line break inside 「…情報システム機構」 leaves on its two sides."""
_BULLET = re.compile(r"^(?:[・･○●◆■□※]|[(（]\d{1,2}[)）]|\d{1,2}[.．)）]|[①-⑳])\s*")


def _strip_name(raw: str) -> str:
    name = clean(_LIST_MARK.sub("", raw)).strip("・･○●◆■□-―—：:、。､｡ ")
    name = re.sub(r"^(?:[①-⑳]|[(（]\d{1,2}[)）]|\d{1,2}[.．)）])\s*(?=\D)", "", name)
    name = re.sub(r"^(?:【[^【】]*】\s*)?(?:(?:及び|および|並びに|又は|または|若しくは)\s*)?(?=\S\S)", "", name)
    if name[:1] in "「『｢" and name[-1:] in "」』｣" and sum(name.count(sign) for sign in "「『｢") == 1:
        name = name[1:-1]
    return name.strip()


_LIST_MARK = re.compile(r"^\s*(?:[1-9１-９ア-コ][)）.．]?[ \u3000\t]+|[(（]?[ア-コ][)）.．]\s*)(?=\S\S)")
_NOTE_SIGN = re.compile(r"[(（]?[※＊*]\d?[)）]?$")
_PERIOD = re.compile(r"[(（][^()（）]*(?:まで|から|以降|以前|予定|時点|現在|稼働|廃止|終了)[^()（）]*[)）]$")
_NOTE = re.compile(r"\s*(?:※|＊|\*|注\d*[)）:：]).*$", re.DOTALL)
_NUMBERING = re.compile(r"^(?:\s*(?:[(（]\d{1,2}[)）]|[①-⑳]|\d{1,2}[.．、)）]|[・◆○●■\"'“”]))*\s*")


def bare_name(raw: str) -> str:
    """Return a system's or file's own name: without numbering, notes, periods and definitions.

    >>> bare_name("（１）みほん資格ファイル（平成31年2月から）")
    'みほん資格ファイル'
    >>> bare_name("架空電算処理システム（以下「標準システム」という。）※全国で使う。")
    '架空電算処理システム'
    """
    name = _DEFINITION_TAIL.sub("", clean(raw))
    name = _MEANT.sub("", _NOTE.sub("", name))
    name = _NUMBERING.sub("", name)
    name = _PERIOD.sub("", name).strip().rstrip("。、")
    return "" if holds_form(name) else name


_DEFINITION_TAIL = re.compile(r"[(（][^()（）]*以下[^「『｢]{0,16}[「『｢].*?[」』｣][^()（）]*[)）].*$", re.DOTALL)

# -- bodies --------------------------------------------------------------------------------------

_MINISTERS = {
    "内閣総理大臣": "内閣府",
    "総務大臣": "総務省",
    "法務大臣": "法務省",
    "外務大臣": "外務省",
    "財務大臣": "財務省",
    "文部科学大臣": "文部科学省",
    "厚生労働大臣": "厚生労働省",
    "農林水産大臣": "農林水産省",
    "経済産業大臣": "経済産業省",
    "国土交通大臣": "国土交通省",
    "環境大臣": "環境省",
    "防衛大臣": "防衛省",
}
_OFFICES = (
    (re.compile(r"^(?P<body>.+教育委員会)(?:教育長|委員長)?"), "{body}"),
    (re.compile(r"^(?P<body>.*?[^\s]{1,6}[都道府県])知事"), "{body}"),
    (re.compile(r"^(?P<body>.+?(?:広域連合|事務組合|企業団|組合|連合会))(?:長|管理者|理事長|会長|企業長)"), "{body}"),
    (re.compile(r"^(?P<body>.+?[市区町村])長(?=$|\s|[^\w]|職務|公印|[一-龠ぁ-ん]{2,8}$)"), "{body}"),
    (re.compile(r"^(?P<body>.+?庁)長官"), "{body}"),
    (
        re.compile(
            r"^(?P<body>.+?)(?:理事長|会長|総裁|学長|代表理事|代表取締役(?:社長)?|委員長|企業管理者|公営企業管理者|病院事業管理者)$"
        ),
        "{body}",
    ),
)


def body_of(office: str) -> str:
    """Return the body that an office stands for.

    >>> [body_of(name) for name in ("架空市長", "みほん県知事", "厚生労働大臣", "ためし広域連合長", "架空市教育委員会")]
    ['架空市', 'みほん県', '厚生労働省', 'ためし広域連合', '架空市教育委員会']
    """
    name = clean(office)
    if name in _MINISTERS:
        return _MINISTERS[name]
    for pattern, template in _OFFICES:
        match = pattern.match(name)
        if match:
            return template.format(body=match["body"].strip())
    return name


# -- systems -------------------------------------------------------------------------------------

_SYSTEM_KINDS = (
    ("information-network", re.compile("情報提供ネットワーク")),
    ("resident-network", re.compile("住民基本台帳ネットワーク|住基ネット|住基ネットワーク")),
    ("intermediate-server", re.compile("中間サーバ")),
    ("address-linkage", re.compile("(?:団体|庁)内統合.*宛名|統合宛名|団体内統合")),
    ("in-house-linkage", re.compile("庁内連携|庁内データ連携|共通基盤|情報連携基盤|連携サーバ")),
    (
        "resident-registry",
        re.compile("既存住民基本台帳|既存住基|住民記録|住基システム|住民基本台帳システム|住民情報システム"),
    ),
    ("address", re.compile("宛名")),
    ("e-application", re.compile("電子申請|ぴったりサービス|びったりサービス|申請管理システム|マイナポータル")),
    ("cloud", re.compile("ガバメントクラウド|クラウド")),
    ("standard-system", re.compile("標準(?:準拠)?システム|電算処理システム")),
    ("tax", re.compile("税")),
)


def system_kind(name: str) -> str:
    """Return the kind of a system by its name, a notation of the concept scheme 「システムの種類」.

    >>> system_kind("団体内統合宛名システム"), system_kind("みほん資格システム")
    ('address-linkage', 'other')
    """
    text = folded(name)
    return next((kind for kind, pattern in _SYSTEM_KINDS if pattern.search(text)), "other")
