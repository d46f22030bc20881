"""Cuts a passage into sentences: no tags, no hard line wraps, no parentheses, each character with its place.

Knows layout and punctuation only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from extract.normalize import TAG, Folded, fold

_BLOCK_TAGS = frozenset(
    [
        "blockquote",
        "caption",
        "dd",
        "div",
        "dl",
        "dt",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "ol",
        "p",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_BULLET = r"[・○●◆◇■□▲△▽▼◎★☆※*＊➢⇒→-]"
_NUMBER = (
    r"(?:[(（]?(?:[0-9０-９]{1,2}|[ア-ンa-zA-Zａ-ｚⅠ-Ⅻⅰ-ⅻ一二三四五六七八九十])[)）．.、:：]"
    r"|[①-⑳㉑-㉟❶-❿]|[0-9０-９]{1,2}(?:[-－‐ー][0-9０-９]{1,2})?(?=[①-⑳　 ]))"
)
_ITEM_START = re.compile(rf"[\s　]*(?:{_BULLET}|{_NUMBER}|[<＜〈【《])")
_INLINE_ITEM = re.compile(
    rf"(?<=[\s。>])(?:(?![⇒→]){_BULLET}|(?<=[\n。>])[⇒→]|{_NUMBER}|[○◯][^\s、。]|【|[<＜](?![/a-zA-Z]))|(?<![→⇒←⇐⇔⇄])[①-⑳㉑-㉟](?![～~のに等及、・])"
)
_TITLE = re.compile(
    rf"(?:{_BULLET}|{_NUMBER})[ 　]?[^\s。、<>]{{3,50}}[一-龠ァ-ヶー)）](?=[ 　]+[一-龠ァ-ヶA-Za-zＡ-Ｚａ-ｚ])"
)
_NAMED = re.compile(
    r"(?:^|(?<=[\n。>:：]))[ 　]*(?P<title>[^\s。、<>「」をにへ]{2,30}(?:機能|業務|事務|処理))[ 　]+(?=[一-龠ァ-ヶA-Za-zＡ-Ｚａ-ｚ「])"
)
_MARK = re.compile(
    r"(?:(?<=^)|(?<=[\n。>:：])|(?<=[\s　]))[ 　]*(?P<mark>[①-⑳][-－‐ー―−][0-9０-９]{1,2}|[ア-ン](?=[　 ][^\s　]{2})|[⑴-⒇])[　 ]*(?=[^\s　。、])"
    r"|(?:(?<=^)|(?<=[\n。>]))[ 　]*(?P<number>[0-9０-９]{1,2})(?:[　\t]+|[ ]{2,})(?=[^\s　。、年月日人件回歳号条項次部])"
)
"""Numbers and letters of a list before an entry; blanks set them apart."""

_BLANK_LINE = re.compile(r"\n[ \t　]*\n|\t|(?<=。)\n")
_BREAKS = re.compile(r"(?:<br[ /]*>\s*){2,}", re.IGNORECASE)
_CASE_FIRST = re.compile(r"[にをへがは](?=[一-龠ァ-ヶ、])")
_LINE = re.compile(r"[^\n]*")
_LEADING = re.compile(
    rf"^(?:[※*][0-9]{{1,2}}(?:-[0-9]{{1,2}})?[:.、]?|{_BULLET}|\(?(?:[0-9]{{1,2}}|[ア-ンa-zA-Z]|[一二三四五六七八九十])[)）.:]"
    r"|[①-⑳㉑-㉟❶-❿]|[0-9]{1,2}(?:-[0-9]{1,2})?(?=[①-⑳])|[(]注[0-9]*[)]|注[0-9]*[):]|[0-9]{1,2}(?=[一-龠])(?![0-9]*[年月日件人回歳号条項次部級割万千百時週者情区])|なお、|また、|[:、。])+"
)
_OPEN, _CLOSE = "([「『【<", ")]」』】>"
_ENTRY = re.compile(r"(?:^|[\s　])(?:[①-⑳⑴-⒇]|[ア-ン](?=[　 ][^\s　]{2})|[(（][0-9０-９]{1,2}[)）])")
_NUMBERED_TITLE = re.compile(
    r"[ 　]*[0-9０-９]{1,2}[．.][ 　]*[^。、を\n]{2,30}\n\s*(?:[0-9０-９]{1,2}[-－‐ー]|①|[(（][1１ア][)）]|・)"
)
_FEW = 2
_FULL_LINE = 4
_SHORT_LINE = 0.6
_PARENTHESIS_LIMIT = 400
_SENTENCE_LIMIT = 1200
_NAME_LIMIT = 26
_INFIX_LIMIT = 8
_ASIDE = re.compile(r"[※、。]|以下|注|[①-⑳]|[ぁ-ん]{2}")
_NOUN = re.compile(r"[一-龠ァ-ヶー]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: ``text`` without its parentheses, ``offsets`` of its characters, ``whole`` with them."""

    text: str
    offsets: tuple[int, ...]
    whole: Folded
    header: bool = False

    @property
    def start(self) -> int:
        """The source offset of the first character."""
        return self.offsets[0]


def find_sentences(raw: str, base: int = 0) -> list[Sentence]:
    """Return the sentences of ``raw``, whose first character stands at ``base`` of the source.

    A sentence ends at 。 outside brackets, at a block of the layout, a bullet or a heading in 【】 or <>;
    a single line feed inside a paragraph is a wrapped line and joins.

    >>> [s.text for s in find_sentences("・県（以下「甲」という。）から受\\n領する。<p>①市に送る</p>")]
    ['県から受領する', '市に送る']
    """
    folded = fold(raw, base)
    breaks = sorted({base + at for at in _find_breaks(raw)})
    return [sentence for start, end in _segments(folded, breaks) if (sentence := _sentence(folded, start, end))]


def _find_breaks(raw: str) -> Iterator[int]:
    for tag in TAG.finditer(raw):
        if tag["name"].lower() in _BLOCK_TAGS:
            yield tag.start()
    for gap in _BREAKS.finditer(raw):
        yield gap.end()
    for blank in _BLANK_LINE.finditer(raw):
        yield blank.end()
    for title in _TITLE.finditer(raw):
        yield title.end()
    for named in _NAMED.finditer(raw):
        yield named.end()
    for item in _INLINE_ITEM.finditer(raw):
        yield item.start()
    for mark in _MARK.finditer(raw):
        yield mark.start()
        yield mark.end()
    yield from _line_breaks(raw)


def _line_breaks(raw: str) -> Iterator[int]:
    lines = [(m.start(), len(TAG.sub("", m.group()).strip()), m.group()) for m in _LINE.finditer(raw) if m.group()]
    width = max((length for _, length, _ in lines), default=0)
    opens = True
    for (_, length, line), (start, _, following) in pairwise(lines):
        goes_on = line.rstrip().endswith(("、", "，", "・"))
        title = opens and length < width * _SHORT_LINE and not goes_on and "、" not in line
        entries = 0 if goes_on else len(_ENTRY.findall(line))
        listed = entries > _FEW or (entries == _FEW and length < width - _FULL_LINE)
        opens = title or listed or bool(_ITEM_START.match(following)) or line.rstrip().endswith("。")
        if opens:
            yield start


def _segments(folded: Folded, breaks: list[int]) -> Iterator[tuple[int, int]]:
    """Yield the index ranges of the folded text between breaks, then between full stops.

    A break after 、 or before a case particle does not count: the sentence goes on below it.
    """
    start = 0
    for offset in [*breaks, folded.end]:
        at = folded.at(offset)
        goes_on = folded.text[at - 1 : at] == "、" or _CASE_FIRST.match(folded.text, at)
        if at <= start or (offset != folded.end and goes_on):
            continue
        yield from _cut(folded.text, _stops(folded.text, start, at))
        start = at
    if start < len(folded.text):
        yield from _cut(folded.text, _stops(folded.text, start, len(folded.text)))


def _cut(text: str, ranges: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the ranges, none longer than any sentence is: what has no full stop is cut after a comma."""
    for start, end in ranges:
        while end - start > _SENTENCE_LIMIT:
            comma = text.rfind("、", start + 1, start + _SENTENCE_LIMIT) + 1
            cut = comma or start + _SENTENCE_LIMIT
            yield start, cut
            start = cut  # noqa: PLW2901  the rest of the range is the next to yield
        yield start, end


def _stops(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    inside = brackets(text, start, end)
    begin = at = start
    while at < end:
        if at in inside:
            close = inside[at]
            if text[at] in "【<" and at > begin and text[close] in "】>":
                yield begin, at
                begin = at
            at = close
            if text[at] in "】>" and text[begin] in "【<":
                yield begin, at + 1
                begin = at + 1
        elif text[at] == "。":
            yield begin, at
            begin = at + 1
        at += 1
    if begin < end:
        yield begin, end


def is_numbered_title(text: str, at: int) -> bool:
    """Whether the line of ``at`` is the title of the numbered entries below it.

    >>> is_numbered_title("2．県への通知\\n2-①票を送る", 2), is_numbered_title("2．県への通知\\n票", 2)
    (True, False)
    """
    return bool(_NUMBERED_TITLE.match(text, text.rfind("\n", 0, at) + 1))


def brackets(text: str, start: int, end: int) -> dict[int, int]:
    """Return the index of each opening bracket at the outermost level with that of its partner.

    A bracket without partner within the range counts as no bracket.

    >>> brackets("(a(b))(", 0, 7)
    {0: 5}
    """
    stack: list[int] = []
    pairs: dict[int, int] = {}
    for at in range(start, end):
        if text[at] in _OPEN:
            stack.append(at)
        elif text[at] in _CLOSE:
            wanted = _OPEN[_CLOSE.index(text[at])]
            for depth in range(len(stack) - 1, max(-1, len(stack) - 4), -1):
                if text[stack[depth]] == wanted:
                    pairs[stack[depth]] = at
                    del stack[depth:]
                    break
    outer: dict[int, int] = {}
    done = -1
    for opened in sorted(pairs):
        if opened > done and pairs[opened] - opened <= _PARENTHESIS_LIMIT:
            outer[opened] = done = pairs[opened]
    return outer


def _sentence(folded: Folded, start: int, end: int) -> Sentence | None:
    text = folded.text[start:end]
    header = text[:1] in ("【", "<") and text[-1:] in ("】", ">")
    if header:
        start, end = start + 1, end - 1
    else:
        leading = _LEADING.match(text)
        start += leading.end() if leading else 0
    if end <= start:
        return None
    keep = _outside_parentheses(folded.text, start, end)
    if not keep:
        return None
    whole = Folded(folded.text[start:end], folded.offsets[start:end], folded.end)
    return Sentence("".join(folded.text[i] for i in keep), tuple(folded.offsets[i] for i in keep), whole, header)


def _goes(text: str, opened: int, closed: int) -> bool:
    """Whether a bracket and what it holds is no part of the sentence; 架空総合(集約)システム keeps its own."""
    if text[opened] in "「『":
        return closed - opened > _NAME_LIMIT
    inside = closed - opened <= _INFIX_LIMIT and not _ASIDE.search(text, opened, closed)
    return text[opened] == "(" and not (inside and _NOUN.match(text, opened - 1) and _NOUN.match(text, closed + 1))


def _outside_parentheses(text: str, start: int, end: int) -> list[int]:
    """Return the indices that stay: parentheses, titles in 「」 and quotation marks go, a name in 「」 stays."""
    round_ones = {a: b for a, b in brackets(text, start, end).items() if _goes(text, a, b)}
    keep: list[int] = []
    at = start
    while at < end:
        if at in round_ones:
            at = round_ones[at] + 1
            continue
        if text[at] not in "「」『』":
            keep.append(at)
        at += 1
    return keep
