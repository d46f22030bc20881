"""What the general words for data stand for: ファイル after 「加入者の情報を作成する」, 同情報, その内容.

Knows nouns and the order of sentences; not who sends them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from extract.facts import EndKind

_HANDLED = "送信|受信|登録|連携|取得|入手|提供|受領|作成|抽出|送付|通知|格納|記録|入力|出力|配信|移入|移出|取り込"
_PURPOSE = re.compile(r"^.*ための(?=.)")
_POINTED = re.compile(
    rf"^.*(?:{_HANDLED})(?:[さしんみま]?(?:れ)?(?:た|だ|る|する))(?=.)|^(?:当該|同|その|この|これらの?|上記の?|左記の?)"
)
_GENERAL = re.compile(r"(?:情報|データ|ファイル|内容|一覧|リスト|電文|媒体|もの|これら?|それら?)?(?:等|など)?$")
_JOINTS = re.compile(r"の|に関する|に係る|についての|等|など|・|「|」")
_HEAD_WORDS = re.compile(r"(?:データ|ファイル)$")
_WORD = 2
_TELLING = 5
_HEADED = re.compile(
    r"(?:^|から|より|への?|の|\))(?P<data>[^、。をのへに]{2,30}(?:番号|情報|データ|ファイル|[書票届]))の(?P<act>入手|取得|受領|提供|送信|受信|登録|連携|配信|送付|通知)$"
)
_TAKEN = re.compile(r"入手|取得|受領|受信")
_CORE = re.compile(r"^.*(?:についての|に関する|に係る)(?=.{4})")
ANSWER = "照会の結果"
"""What comes back upon a request, where no words name it."""
_MADE = re.compile(r"(?P<data>[^、。をにへはが]{2,40})を(?:作成|生成|編集|抽出|出力)")


def is_general(data: str) -> bool:
    """Whether a noun says nothing of what the data are.

    >>> is_general("ファイル"), is_general("登録するためのデータ"), is_general("資格情報")
    (True, True, False)
    """
    return bool(_GENERAL.fullmatch(_bare(data)))


def find_made(text: str) -> list[str]:
    """Return what a sentence says is made or taken out: matters that later sentences move.

    >>> find_made("登録するための加入者情報を作成する")
    ['加入者情報']
    """
    made = (_bare(found["data"]) for found in _MADE.finditer(text))
    return [data for data in made if not is_general(data)]


def _bare(data: str) -> str:
    return _POINTED.sub("", _PURPOSE.sub("", data))


def same_matter(one: str, other: str) -> bool:
    """Whether two nouns word one matter: one holds the characters of the other in their order.

    >>> same_matter("加入者異動情報", "加入者の資格異動に関するデータ"), same_matter("資格情報", "課税情報")
    (True, False)
    """
    short, long = sorted((plain_matter(one), plain_matter(other)), key=len)
    if short == long or len(short) < _TELLING:
        return short == long and len(long) > _WORD
    rest = iter(long)
    return all(char in rest for char in short)


def plain_matter(data: str) -> str:
    """Return the form in which wordings of one matter are equal: 加入者情報 and 加入者に関するデータ."""
    return _HEAD_WORDS.sub("情報", _JOINTS.sub("", data)).replace("情報情報", "情報")


class Memory:
    """The matters of which a passage has spoken so far, sentence by sentence.

    ``partner`` is who gives or gets by the heading (甲による入手), where the text below names one end only.
    """

    def __init__(self, heading: str = "", partner: tuple[str, EndKind] | None = None) -> None:
        self.heading = heading
        self.partner = partner
        self._matters: list[str] = []
        self._before: list[str] = []
        self._makers: dict[str, tuple[str, EndKind]] = {}

    def hear(self, text: str, moved: Iterable[str]) -> None:
        """Remember what a sentence moves and what it makes, and forget what is longer ago than the one before."""
        self._before = self._matters
        self._matters = [*(data for data in moved if data and not is_general(data)), *find_made(text)]

    def keep(self, data: str, name: str, kind: EndKind) -> None:
        """Remember which system made ``data``."""
        core = _CORE.sub("", _bare(data))
        if not is_general(core):
            self._makers[plain_matter(core)] = (name, kind)

    def holder_of(self, data: str) -> tuple[str, EndKind] | None:
        """Return the system that made ``data``, by what the passage said before."""
        moved = plain_matter(_bare(data))
        same = (
            made for made in self._makers if moved.startswith(made) or (len(moved) > _WORD and made.endswith(moved))
        )
        return next((self._makers[made] for made in same), None)

    def resolve(self, data: str | None) -> str:
        """Return what ``data`` stands for: itself, the last matter of which the text spoke, or the heading's.

        >>> memory = Memory("県からの個人番号の入手")
        >>> memory.hear("資格情報を作成する", ["課税情報"])
        >>> [memory.resolve(data) for data in ("同データ", "ファイル", "年金情報", ANSWER, None)]
        ['資格情報', '資格情報', '年金情報', '個人番号', '']
        """
        named = _HEADED.search(self.heading)
        title = named["data"] if named else ""
        if data == ANSWER:
            return title if title and named and _TAKEN.search(named["act"]) else data
        if not data or not is_general(data) or data == "情報" or data.startswith("各種"):
            return data or ""
        reach = [*(self._before if _POINTED.match(data) else ()), *self._matters]
        return reach[-1] if reach else title or data
