"""Two views of damaged text: folded, to find things in, and clean, to show.

Folding keeps the way back: every folded character knows the offset that it came from.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from extract.source import Span

CHECKED_INPUT = "\ue000"
"""Stands in folded text for ``<input … checked …>``."""
BARE_INPUT = "\ue001"
"""Stands in folded text for a check box printed without state."""
BARE_RADIO = "\ue002"
"""Stands in folded text for a radio button printed without state: often a scanned ○."""

# Tag names of HTML that converters write; anything else in angle brackets is text of the document
# (<標準システムにおける措置>), which a parser for HTML would drop in silence.
_TAG_NAMES = (
    "a|b|blockquote|body|br|caption|center|code|col|colgroup|dd|div|dl|dt|em|figcaption|figure|font|footer|form|"
    "h[1-6]|head|header|hr|html|i|img|input|label|li|main|mark|math|nav|ol|p|page_number|pre|s|section|small|span|"
    "strong|sub|sup|table|tbody|td|tfoot|th|thead|title|tr|u|ul"
)
TAG = re.compile(rf"<(?P<close>/?)(?P<name>{_TAG_NAMES})(?=[\s/>])(?P<rest>[^<>]*)>", re.IGNORECASE)
_INPUT_CHECKED = re.compile(r"\bchecked\b", re.IGNORECASE)
_INPUT_RADIO = re.compile(r"\btype\s*=\s*[\"']?radio", re.IGNORECASE)
_TEX = {
    "bigcirc": "○",
    "circ": "○",
    "odot": "◎",
    "bullet": "●",
    "checkmark": "✓",
    "square": "□",
    "Box": "□",
    "blacksquare": "■",
}
"""Marks as recognition into TeX writes them: $\\bigcirc$."""
_ENTITIES = {"&nbsp;": " ", "&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"', "&#39;": "'"}
_COMMENT = r"<!--(?:[^-]|-(?!->)){0,400}-->"
_FOOTER = r"(?:(?<=\n)|(?<=\n ))[-―—–−] ?\d{1,3} ?[-―—–−](?=[ \u3000]*(?:\n|$))"
"""A line that holds a page's number and nothing else: - 5 -."""
_SPECIAL = re.compile(
    rf"{TAG.pattern}|{_COMMENT}|{_FOOTER}|\$\s?\\(?P<tex>{'|'.join(_TEX)})\s?\$|&(?:nbsp|lt|gt|amp|quot|\#39);|\s+",
    re.IGNORECASE,
)
# Slips of recognition are put right in folded text only, each by as many characters, and only where the
# neighbours leave no doubt: a kanji between katakana, a word of the form, a letter among digits.
_LIKE = {
    **dict(zip("ァィゥェォッャュョ", "アイウエオツヤユヨ", strict=True)),
    **dict(zip("カタムロハトニエ", "力夕厶口八卜二工", strict=True)),
    "ー": "一-",
}
_WORDS = re.findall(
    r"\S+",
    "ネットワーク フラッシュメモリ メール システム ファイル データ サーバ サービス カード センタ インターネット ルール チェック "
    "アクセス セキュリティ パッケージ コンピュータ バックアップ プラットフォーム インターフェース ログ コード ソフトウェア キャビネット",
)
_MISREAD = {
    "委記": "委託",
    "委詑": "委託",
    "評価耆": "評価書",
    "概耍": "概要",
    "機閨": "機関",
    "式会仕": "式会社",
    "限会仕": "限会社",
}


def _misspelt(word: str) -> Iterator[str]:
    """Return each way in which recognition may spell a katakana word otherwise.

    >>> list(_misspelt("カード"))
    ['カ一ド', 'カ-ド', '力ード', '力一ド', '力-ド']
    """
    spelt = itertools.product(*(char + _LIKE.get(char, "") for char in word))
    return (wrong for wrong in map("".join, spelt) if wrong != word)


_RIGHT_WORDS = {wrong: word for word in _WORDS for wrong in _misspelt(word)} | _MISREAD
_WRONG_WORDS = re.compile("|".join(_RIGHT_WORDS))
_RIGHT_CHARS = dict(zip("一厶口力夕二卜八工Ool", "ームロカタニトハエ001", strict=True))
_KATAKANA = "ァ-ヴー"
_WRONG_CHARS = re.compile(
    rf"[一口力夕二卜八工](?<=[{_KATAKANA}].)(?=[ァ-グゲ-ヴー])|厶(?<=[{_KATAKANA}].)|"
    r"[Oo](?<=\d.)(?=[年月号]|日(?!本)|条(?![件例])|項(?!目))|l(?<=[\d第、,・の表].)(?=\d)|l(?<=\d.)(?=[、,・の年月日条項号])"
)


def _without_slips(text: str) -> str:
    text = _WRONG_WORDS.sub(lambda slip: _RIGHT_WORDS[slip.group()], text)
    return _WRONG_CHARS.sub(lambda slip: _RIGHT_CHARS[slip.group()], text)


_DASHES = dict.fromkeys("‐‑‒–—―−─━", "-")
_UNIFIED = _DASHES | {"〜": "~", "∼": "~", "\u200b": "", "\ufeff": "", "〔": "[", "〕": "]", "［": "[", "］": "]"}
_CIRCLED = re.compile("[①-⑳㉑-㉟⓪]")
_RINGS = {
    ord(first) + step: chr(ord(to) + step)
    for first, to, count in (("❶", "①", 10), ("➀", "①", 10), ("➊", "①", 10), ("⓵", "①", 10), ("⓫", "⑪", 10))
    for step in range(count)
}
"""Numerals in rings of other kinds (filled, double), and the plain ones that they stand for."""


@dataclass(frozen=True, slots=True)
class Folded:
    """Text without layout, and for each of its characters the offset in the source."""

    text: str
    offsets: tuple[int, ...]
    end: int

    def span(self, start: int, end: int) -> Span:
        """Return the source span of the folded characters ``start`` to ``end``."""
        if start >= len(self.offsets):
            return Span(self.end, self.end)
        first = self.offsets[start]
        last = self.offsets[min(end, len(self.offsets)) - 1] + 1 if end > start else first
        return Span(first, max(first, last))

    def at(self, offset: int) -> int:
        """Return the index of the first folded character at or after the source ``offset``."""
        low, high = 0, len(self.offsets)
        while low < high:
            middle = (low + high) // 2
            if self.offsets[middle] < offset:
                low = middle + 1
            else:
                high = middle
        return low


def fold_char(char: str) -> str:
    """Return the folded form of one character: NFKC, one kind of dash, tilde and bracket.

    Circled numerals stay, for the form numbers its items with them; all rings are one kind.

    >>> fold_char("Ａ"), fold_char("①"), fold_char("⓶"), fold_char("㈱"), fold_char("〜")
    ('A', '①', '②', '(株)', '~')
    """
    char = char.translate(_RINGS)
    if char in _UNIFIED:
        return _UNIFIED[char]
    if _CIRCLED.match(char):
        return char
    return unicodedata.normalize("NFKC", char).replace(" ", "")


class _FoldedChars(dict[str, str]):
    """The folded form of each character seen, and which of them do not stay one character."""

    def __init__(self) -> None:
        super().__init__()
        self.uneven: set[str] = set()

    def __missing__(self, char: str) -> str:
        value = self[char] = fold_char(char)
        if len(value) != 1:
            self.uneven.add(char)
        return value


_FOLDED = _FoldedChars()


def input_sign(tag: str) -> str:
    """Return the character that stands for an ``<input …>`` tag in folded text."""
    if _INPUT_CHECKED.search(tag):
        return CHECKED_INPUT
    return BARE_RADIO if _INPUT_RADIO.search(tag) else BARE_INPUT


def fold(raw: str, base: int = 0) -> Folded:
    """Fold ``raw``, whose first character stands at offset ``base`` of the source.

    White space and HTML tags go, ``<input>`` becomes one sign; text in angle brackets stays.

    >>> fold("②取扱い を\\n委託 <p>Ａ市</p> <標準システム>").text
    '②取扱いを委託A市<標準システム>'
    """
    parts: list[str] = []
    offsets: list[int] = []
    done = 0
    for match in _SPECIAL.finditer(raw):
        _fold_plain(raw, done, match.start(), base, parts, offsets)
        done = match.end()
        word = match.group()
        sign = _ENTITIES[word.lower()].strip() if word.startswith("&") else _TEX.get(match["tex"] or "", "")
        if (match["name"] or "").lower() == "input":
            sign = input_sign(word)
        parts.append(sign)
        offsets.extend([base + match.start()] * len(sign))
    _fold_plain(raw, done, len(raw), base, parts, offsets)
    return Folded(_without_slips("".join(parts)), tuple(offsets), base + len(raw))


def _fold_plain(raw: str, start: int, end: int, base: int, parts: list[str], offsets: list[int]) -> None:  # noqa: PLR0913, PLR0917  the hot path hands its lists on
    """Fold a stretch without tags and white space."""
    stretch = raw[start:end]
    values = [_FOLDED[char] for char in stretch]
    if _VOICED.search(stretch):
        _join_voiced(stretch, values)
    parts.extend(values)
    if _FOLDED.uneven.isdisjoint(stretch) and "" not in values:
        offsets.extend(range(base + start, base + end))
        return
    for at, value in enumerate(values, base + start):
        offsets.extend([at] * len(value))


_VOICED = re.compile("[ﾞﾟ\u3099\u309a]")


def _join_voiced(stretch: str, values: list[str]) -> None:
    """Compose a half-width kana with the voiced sign that stands behind it as a character of its own (ﾊﾞ)."""
    for match in _VOICED.finditer(stretch):
        at = match.start()
        whole = unicodedata.normalize("NFKC", stretch[at - 1 : at + 1]) if at else ""
        if len(whole) == 1:
            values[at - 1], values[at] = whole, ""


def folded(text: str) -> str:
    """Return ``text`` folded, when the way back is not needed.

    >>> folded("（ 株 ）ア イ")
    '(株)アイ'
    """
    return fold(text).text


_SPACES = re.compile(r"\s+")
_COMMENTS = re.compile(f"{_COMMENT}|{_FOOTER}")
_WIDE = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f（）「」、。・※①-⑳]"
_SPACE_IN_JAPANESE = re.compile(rf"(?<={_WIDE}) (?=\S)|(?<=\S) (?={_WIDE})")


def clean(raw: str) -> str:
    """Return ``raw`` as a reader would copy it: no tags, lines joined, no spaces inside Japanese text.

    Full and half width stay as printed.

    >>> clean("<p>特 定 個人\\n情報 ファイル</p>"), clean("Web Service を使う")
    ('特定個人情報ファイル', 'Web Serviceを使う')
    """
    text = TAG.sub(" ", _COMMENTS.sub(" ", raw))
    for entity, char in _ENTITIES.items():
        if entity in text:
            text = text.replace(entity, char)
    text = _SPACES.sub(" ", text.replace("\u200b", "").replace("\ufeff", "")).strip()
    return _SPACE_IN_JAPANESE.sub("", text)
