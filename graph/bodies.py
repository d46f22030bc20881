"""Which names single out one body in the whole country, and which mean another one in every document.

「株式会社見本」 is the same company wherever it stands; 「他市区町村」, 「国保連合会」 and 「委託先」 are not.
In doubt a name belongs to the agency whose document prints it: two nodes for one body lose an answer,
one node for two bodies invents one.
"""

from __future__ import annotations

import re

from graph.registry import is_homonym
from graph.trace.names import name_key

# Short forms in brackets, as written before or after a company's own name (JIS and general usage).
_SHORT_FORMS = {
    "(株)": "株式会社",
    "(有)": "有限会社",
    "(同)": "合同会社",
    "(資)": "合資会社",
    "(名)": "合名会社",
    "(一社)": "一般社団法人",
    "(公社)": "公益社団法人",
    "(一財)": "一般財団法人",
    "(公財)": "公益財団法人",
    "(独)": "独立行政法人",
    "(福)": "社会福祉法人",
    "(医)": "医療法人",
    "(学)": "学校法人",
}

_LEGAL_FORM = re.compile(
    "株式会社|有限会社|合同会社|合資会社|合名会社|相互会社|(?:一般|公益)?(?:社団|財団)法人|独立行政法人|"
    "国立大学法人|国立研究開発法人|社会福祉法人|医療法人|学校法人|特定非営利活動法人|監査法人|税理士法人|"
    "社会保険労務士法人|弁護士法人|信用金庫|農業協同組合|銀行"
)
_PREFECTURE = re.compile(
    "北海道|青森県|岩手県|宮城県|秋田県|山形県|福島県|茨城県|栃木県|群馬県|埼玉県|千葉県|東京都|神奈川県|新潟県|"
    "富山県|石川県|福井県|山梨県|長野県|岐阜県|静岡県|愛知県|三重県|滋賀県|京都府|大阪府|兵庫県|奈良県|和歌山県|"
    "鳥取県|島根県|岡山県|広島県|山口県|徳島県|香川県|愛媛県|高知県|福岡県|佐賀県|長崎県|熊本県|大分県|宮崎県|"
    "鹿児島県|沖縄県"
)
_PUBLIC_BODY = re.compile("連合会|広域連合|組合|企業団|協会|機構|基金|公社|事業団|国民健康保険団体連合会")
_MUNICIPALITY = re.compile(
    r"(?P<place>[^\W\d_a-z]{1,5}[市町村]|[^\W\d_a-z]{2,3}県)(?:教育委員会|選挙管理委員会|農業委員会|社会福祉協議会)?"
)
# The 23 wards of Tokyo are bodies; those whose names other cities' wards bear too are left out.
_WARD = re.compile(
    "千代田区|新宿区|文京区|台東区|墨田区|江東区|品川区|目黒区|大田区|世田谷区|渋谷区|中野区|杉並区|豊島区|荒川区|"
    "板橋区|練馬区|足立区|葛飾区|江戸川区"
)

# Words by which a name means whoever it concerns.
_ANY_BODY = re.compile(
    "市町村|市区町村|区市町村|都道府県|団体等|自治体|住所地|本籍地|転入|転出|転居|委託|受託|事業者|業者|未定|同上|"
    "その他|など|または|又は|及び|および|もしくは|若しくは|並びに|ほか|[、,。/;]|県内|市内|都内|府内|道内|区内|町内|村内|管内"
)
_ANY_TOWN = re.compile("(?:他|各|当|本|同|全|旧|新|前|元)の?[市区町村都道府県]|.*(?:都市|政令市|中核市|特例市|指定市)")
_ANY_PREFIX = re.compile("他の|当該|各社|同社|隣接|近隣|被災|関係|構成|該当|所管|加入|指定|実施|支給")
_UNION = re.compile(
    "(?P<whose>.*?)(?:後期高齢者医療(?:制度)?)?(?:健康保険組合|共済組合|広域連合|事務組合|企業団|国民健康保険団体連合会)"
)
_ANY_UNION = frozenset(
    [
        "",
        "都",
        "道",
        "府",
        "県",
        "市",
        "国民",
        "一部",
        "各",
        "他",
        "各種",
        "国家公務員",
        "地方公務員",
        "市町村職員",
        "都市職員",
    ]
)


def body_key(name: str) -> str:
    """Return the key of a body's name: ``name_key`` with the legal form written out.

    >>> body_key("㈱ 見本"), body_key("（一財）ためし協会")
    ('株式会社見本', '一般財団法人ためし協会')
    """
    key = name_key(name)
    for short, long in _SHORT_FORMS.items():
        key = key.replace(short, long)
    return key


def is_named_body(name: str) -> bool:
    """Tell whether ``name`` singles out one body: a company, a municipality, a union of a named region.

    >>> [is_named_body(name) for name in ("株式会社見本", "埼玉県国民健康保険団体連合会", "ためし健康保険組合")]
    [True, True, True]
    >>> [is_named_body(name) for name in ("国保連合会", "他市", "転入前市区町村", "委託先株式会社", "伊達市")]
    [False, False, False, False, False]
    """
    key = body_key(name)
    if _ANY_BODY.search(key) or _ANY_PREFIX.match(key):
        return False
    return _is_company(key) or _is_regional(key) or _is_union(key) or _is_municipality(key)


def _is_company(key: str) -> bool:
    rest = _LEGAL_FORM.sub("", key)
    return rest != key and len(rest) > 1


def _is_regional(key: str) -> bool:
    region = _PREFECTURE.match(key)
    return region is not None and (region.group() == key or bool(_PUBLIC_BODY.search(key)))


def _is_union(key: str) -> bool:
    union = _UNION.fullmatch(key)
    return union is not None and re.sub("^[当本]", "", union["whose"]) not in _ANY_UNION


def _is_municipality(key: str) -> bool:
    if _WARD.fullmatch(key):
        return True
    town = _MUNICIPALITY.fullmatch(key)
    return town is not None and not _ANY_TOWN.fullmatch(town["place"]) and not is_homonym(town["place"])
