"""Finds the verbs and nouns of movement in a sentence, with the form in which each stands.

Knows conjugation; the words are in lexicon. Other verbs are found too, for they take the names before them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extract.flows.lexicon import AFTER_COMPOUND, NATIVE, PRESETS, SAHEN, Move


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb or noun of movement in a sentence.

    ``start`` is where the word begins, ``stem`` where the stem does (情報|照会), ``end`` where the form
    ends. ``before_noun`` is true of a clause that describes the noun after it (送信した情報);
    ``partly`` of a denial that holds for some of the data only (入手できない情報は), whose words end at
    ``denied_at``.
    """

    move: Move
    word: str
    start: int
    stem: int
    end: int
    passive: bool = False
    taken: bool = False
    before_noun: bool = False
    nominal: bool = False
    denied: bool = False
    goes_on: bool = False
    partly: bool = False
    caused: bool = False
    denied_at: int = 0
    late: int = 0

    @property
    def at(self) -> int:
        """Where the verb takes its names: the stem, or 行う far after it (通知を住民に対して行う)."""
        return self.late or self.stem


def _alternatives(row: str) -> list[str]:
    """Split a row of the lexicon at | outside brackets."""
    return re.findall(r"(?:\([^)]*\)|\[[^\]]*\]|[^|])+", row)


def _stems() -> Iterator[tuple[str, Move, str]]:
    """Yield every stem with its move and table: compounds first, then the longest of each table."""
    for pattern, move in PRESETS:
        yield pattern, move, "preset"
    for table, name in ((NATIVE, "native"), (SAHEN, "sahen")):
        rows = [(stem, move) for move, row in table.items() for stem in _alternatives(row)]
        for stem, move in sorted(rows, key=lambda row: -len(re.sub(r"\(\?[=!<][^)]*\)|[?]", "", row[0]))):
            yield stem, move, name


_TABLE = {f"s{at}": stem for at, stem in enumerate(_stems())}
_NO_NOUNS = frozenset((Move.OTHER, Move.MAKE))
_OTHER = r"[一-龠ァ-ヴー]{2}(?=する|し(?!く|い|や)|せず|され|させ|できる|を行[ういっわ]|を実施|を受け(?!付|取|入|継)(?<!情報を受け|ータを受け|結果を受け|資料を受け|書類を受け)|を得[てたる、](?<!情報を得.|ータを得.|結果を得.|資料を得.))"
_WORDS = "|".join(f"(?P<{name}>{stem})" for name, (stem, _, _) in _TABLE.items())
_FIRST = "".join(
    sorted(
        {
            char
            for stem, _, _ in _TABLE.values()
            for char in (stem[0] if stem[0] != "(" else re.findall("[一-龠]", stem))
        }
    )
)
_STEM = re.compile(f"(?=[{_FIRST}])(?:{_WORDS})|(?P<other>{_OTHER})")

_TAKEN = r"を(?:[^、。を]{1,16}(?:を(?:通じ|介し|経由し)て|により|で))?(?:受け(?!持|継)|受付|受領|受理|受取|得(?=[るたて、]))(?:付け?|取り?)?(?:る|た|て|つつ)?"
_LIGHT = r"(?:等|など)?(?:のみ|だけ)?(?:を|が|は|も)?(?:(?:[随適]時|日次|月次|年次|毎[日月年]|定期的?|一括|オンライン|自動的?|即時|適宜|速やか)(?:で|に|して)?)?(?:行[ういえっわ]?|実施|な(?:さ|し|す|われ)|し(?=て|た)|する|さ(?=れ)|でき|可能|依頼|求め|要請|要求|請求|開始|取(?=[るりっ]))"
_SAHEN_TAIL = re.compile(
    r"(?P<passive>(?:が|は|も)?(?:され|せられ|がなされ|が行われ|のあっ|のある|があっ|がある|があり))"
    rf"|(?P<taken>{_TAKEN})"
    rf"|(?P<active>する|した|して|し(?=[、。・]|$)|し(?=[一-龠ァ-ヴA-Z]|て|た|な|得|う|よ|つ|ま[すし])|せ(?=ず)|すべ|でき|さ(?=せ)|させ|{_LIGHT})"
    r"|(?P<noun>(?:等|など|業務|処理|作業|機能|事務)?(?=[、。・:)/]|$|及び|並びに|又は|または|および|や|のみ|だけ|後|時|際|済|を|の|が|に|は|で|と|も|・))"
)
_NATIVE_PASSIVE = re.compile(r"(?:[らまさかがわた]れ|られ|まれ|され|われ)")
_DENIAL = re.compile(
    r"しな[いか]|せず|してお?らず|していな|されな|されず|されておらず|されていな|できな|できず|でき(?:ま|る仕組みには?な)|行わ(?:な|ず)|行って(?:い|お)(?:な|ら)|"
    r"行え(?:な|ず)|行うことはな|(?:こと|もの|機能|経路|手段|権限)(?:は|が|も|を)?(?:一切|でき)?(?:な[いくし]|有していな|持たな|設けな|設けていな|備えていな|与えていな|付与していな|ありえな|あり得な|有り得な)|はな[いく]|(?:を|は|が)?(?:認め|許可し|有し|許し)ていな|認めな|禁止|"
    r"(?:取り?やめ|取り?止め|廃止し|廃止され|中止し|停止し)た|終了した(?=$|[。が])|ことを(?:防|避け)|(?:仕組み?|構成|設計|仕様)(?:には?|とは?|では?)(?:なっていな|していな|な[いく])|(?:もの|の)ではな[いく]|"
    r"不可|ない(?:仕組|よう|設計|構成|設定|こと)|まな[いか]|らな[いか]|けな[いか]|さな[いか]|めな[いか]|なし$|ません|(?<![なわ限])らず(?=、|に|$)|(?<!問)わず(?=、|に|$)|[まかさがたばれけめえげべ]ず(?=、|に|$)"
)
_HARMLESS = re.compile(
    r"(?:だけで|のみで|ばかりで)(?:は)?な|なければ|ない場合|できない場合|ないとき|限りで?は?な|必要な|少な|かもしれない|なくな|わけではな"
)
_RESTRICTED = re.compile(
    r"(?:しない|されない|できない|さない|得ない)(?=[一-龠])(?!仕組|構成|設計|設定|措置|機能|運用|契約|環境|状態|制御|方針)"
)
_CLAUSE_END = re.compile(
    r"[。]|(?<=[しりきみえけてでずくいれせちびぎ])、|ため(?:、|に)|場合|際(?:、|に|は)|(?<!も)ので(?!は)|とき|が、"
)
_NUMBER_LEFT_OUT = re.compile(r"(?:個人番号|マイナンバー)")
_LATE = re.compile(
    r"(?:を[^、。を]{1,30}?(?:に対して|に対し|へ|に|から|より)(?:[^、。をにへ]{0,8}で)?|は、?[^、。をにへはが]{1,20}が)(?P<light>行[うっい]|実施[すし])"
)
_CAUSED = re.compile(r"さ?せ(?!ず|な)")
_MADE_DO = re.compile(r"[わさ]せ(?!ず|な)")
_COMPOUND = re.compile(r"[一-龠々ァ-ヴーA-Za-z0-9]*$")
_GOES_ON = re.compile(r"(?:し|て|で|り|み|き|い|ぎ)?、|後|の?上で|た後")
_CASE_OF = re.compile(r"とき|なら|れば|(?<=[るた])と[きは]?$")
_REACH = 60
_NOUN_AFTER = re.compile(r"[一-龠ァ-ヴA-Za-z0-9○「『]|その|それ")
_NOT_NOUN = re.compile(
    r"(?:後|時|際|場合|上で|都度|前|旨|事が|事は|為|必要|可能|予定|仕組|方法|目的|根拠|業務|事務|こと|措置|機能|経路|手段|権限|間|以外|毎|次第|又|及|若|併|且|等)"
)


def find_verbs(text: str) -> list[Verb]:
    """Return the verbs of movement in ``text`` from left to right, and the other verbs between them.

    >>> [(v.move.name, v.word, v.before_noun) for v in find_verbs("県から送信された情報を市に登録する")]
    [('SEND', '送信', True), ('PUT', '登録', False)]
    >>> find_verbs("届出書の提供先一覧")
    []
    """
    found: list[Verb] = []
    at = 0
    while match := _STEM.search(text, at):
        verb = _verb(text, match)
        at = max(match.end(), verb.end if verb else 0)
        if verb:
            found.append(verb)
    return found


def _verb(text: str, match: re.Match[str]) -> Verb | None:
    _, move, table = _TABLE.get(match.lastgroup or "", ("", Move.OTHER, "other"))
    if table == "native":
        return _native(text, match, move)
    if text[match.end() : match.end() + 1] in AFTER_COMPOUND:
        return None
    tail = _SAHEN_TAIL.match(text, match.end())
    kind = tail.lastgroup if tail else None
    if tail is None or (move in _NO_NOUNS and (kind == "noun" or table == "preset")):
        return None
    if kind == "taken" and move is Move.PUT:
        return None  # 記録を受領する: a thing is received, no storing
    late = _LATE.match(text, tail.end()) if kind == "noun" else None
    if late:
        return replace(_formed(text, match, move, late.end()), late=late.start("light"))
    if tail.group().endswith(("求め", "依頼", "要請", "要求", "請求")):
        move = Move.ASK
    verb = _formed(text, match, move, tail.end(), nominal=kind == "noun")
    return replace(verb, passive=kind == "passive", taken=kind == "taken")


def _native(text: str, match: re.Match[str], move: Move) -> Verb | None:
    form = _hiragana(text, match.end())
    end = match.end() + len(form)
    if not form and text[end : end + 1] not in ("", "、", "。"):
        return None
    passive = bool(_NATIVE_PASSIVE.match(form)) or match.group() == "届"
    return replace(_formed(text, match, move, end), passive=passive)


def _hiragana(text: str, start: int) -> str:
    end = start
    while end < len(text) and "ぁ" <= text[end] <= "ん":
        end += 1
    return text[start:end]


def _formed(text: str, match: re.Match[str], move: Move, end: int, *, nominal: bool = False) -> Verb:
    """Return the verb with what its form and the words after it tell."""
    form = "" if nominal else _hiragana(text, end)
    form_end = end + len(form)
    before_noun = not nominal and _describes(text, match.end(), form_end)
    clause = _CLAUSE_END.search(text, match.end(), min(len(text), end + _REACH))
    rest = text[match.end() : clause.end() if clause else end + _REACH]
    denied = _is_denied(text[match.end() : form_end] if before_noun else rest)
    return Verb(
        move,
        match.group(),
        _word_start(text, match.start()),
        match.start(),
        end,
        before_noun=before_noun,
        nominal=nominal,
        denied=denied,
        denied_at=_denial_end(text, match.end(), rest) if denied else 0,
        caused=bool(_CAUSED.match(text, match.end()) or _MADE_DO.match(text, end - 1)),
        partly=bool(_RESTRICTED.search(rest)),
        goes_on=_goes_on(text, match.end(), form_end),
    )


def _goes_on(text: str, start: int, end: int) -> bool:
    """Whether the clause runs on into the next verb: 送信し、 …して市に送る, 移送後."""
    if text[end - 1 : end] in ("て", "で") and end - start > 1:
        return text[end : end + 1] not in ("", "。")
    if _CASE_OF.search(text, start, end):
        return False
    return bool(_GOES_ON.match(text[start:end][-1:] + text[end : end + 2]) or _GOES_ON.match(text[end : end + 2]))


def _describes(text: str, start: int, end: int) -> bool:
    """Whether the form from ``start`` to ``end`` describes a noun after it."""
    return (
        text[start:end].endswith(("る", "た", "だ", "う", "ない"))
        and bool(_NOUN_AFTER.match(text, end))
        and not _NOT_NOUN.match(text, end)
    )


def _is_denied(rest: str) -> bool:
    """Whether the words after a stem deny it; that the number is not used denies no movement."""
    denial = _DENIAL.search(rest)
    if denial is None or _HARMLESS.search(rest):
        return False
    return not _NUMBER_LEFT_OUT.search(rest, 0, denial.start() + 1)


def _denial_end(text: str, start: int, rest: str) -> int:
    denial = _DENIAL.search(rest)
    end = start + (denial.end() if denial else 0)
    return end + len(_hiragana(text, end))


def _word_start(text: str, stem: int) -> int:
    match = _COMPOUND.search(text, max(0, stem - 24), stem)
    return match.start() if match else stem
