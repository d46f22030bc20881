"""The verbs and nouns of movement, as a table: what each makes of the names around it.

A row is a class of movement and its stems; ``find_verbs`` finds them in a sentence with their form.
Other verbs are found too, for they take the names that stand before them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum


class Move(Enum):
    """What a verb does with personal data, seen from its subject."""

    SEND = "gives to a receiver"
    RECEIVE = "takes from a giver"
    PUT = "stores in a place"
    EXTRACT = "takes out of a place, for a movement named later"
    LINK = "runs between two"
    EXCHANGE = "runs both ways between two"
    ASK = "asks a holder, who may answer"
    CHECK = "reads what was asked for, or what a system shows"
    CONNECT = "opens the way for movements, moves nothing itself"
    OTHER = "moves nothing, but takes the names before it"


SAHEN: dict[Move, str] = {
    Move.SEND: (
        "送信|配信|送付|提供|移転|転送|伝送|発送|郵送|送達|通知|交付|発行|提出|届出|申請|申告|申出|報告|回答|返却|返還|返送|回付|納品|移送|搬送|進達|回送|提示|送達|配達|配付|引渡し?|"
        "受渡し?|アップロード|出力|通報|送致|還元|公開|開示|副本登録|連絡|引継ぎ?|払出|再交付|配布"
    ),
    Move.RECEIVE: (
        "取得|入手|受領|受理|受付|収受|受信|収集|取込み?|移入|受入れ?|ダウンロード|インポート|徴取|聴取|読込み?|閲覧"
    ),
    Move.PUT: "登録|入力|記録|格納|保存|保管|蓄積|投入|書込み?|反映|更新|管理|セットアップ",
    Move.EXTRACT: "抽出|移出|エクスポート|切出し?|取出し?|吸上げ?",
    Move.LINK: "データ連携|情報連携|連携|連動|同期|流通",
    Move.EXCHANGE: "授受|送受信|相互連携|情報交換|交換|相互利用|共有",
    Move.ASK: "照会|依頼|要求|請求|要請",
    Move.CHECK: "確認|把握|参照|突合|照合",
    Move.CONNECT: "接続|通信|アクセス|流出",
}
"""Stems that する makes verbs of."""

NATIVE: dict[Move, str] = {
    Move.SEND: (
        "送(?=[らりるっ])|送り|引き?渡(?=[さしすせ])|引き?継(?=[がぎぐい])|手渡(?=[さしす])|届け出|届け(?=[るた、])|差し出(?=[さしす])|届(?=[いきかく])|寄せ(?=られ)|知らせ|伝え|返(?=[さしす])|渡(?=[さしす])"
    ),
    Move.RECEIVE: (
        "受け?付け(?!簿|票|番|日|時|印)|受付け|受け?取(?=[らりるっ])|受け?入れ|取り?込(?=[まみむん])|読み?込(?=[まみむん])|吸い上げ|引き?取(?=[らりるっ])|"
        "引き?当て|取り?寄せ|得(?=[るた、ら])|持ち込(?=[まみむん])"
    ),
    Move.PUT: "書き?込(?=[まみむん])|打ち?込(?=[まみむん])|貯め|蓄え|入れ(?=[るた、])",
    Move.EXTRACT: "取り出(?=[さしす])|抜き出(?=[さしす])|書き出(?=[さしす])|引き?出(?=[さしす])|切り出(?=[さしす])",
    Move.EXCHANGE: "やり取り|やりとり|受け渡し?|遣り取り",
    Move.ASK: "問い?合わ?せ(?=[るたて、])|(?<=を)求め(?=[るたて、ら])|(?<=の)求め(?=[をにが、])",
    Move.CONNECT: "繋(?=[がぎぐい])|つな(?=[がぎぐい])",
}
"""Stems with endings of their own."""

PRESETS: tuple[tuple[str, Move], ...] = (
    (r"(?:情報)?(?:提供|照会|開示|送付|登録|取得)の?(?:求め|要求|依頼|請求|申請)", Move.ASK),
    (r"(?:照会|検索|要求|依頼)(?:の)?(?:結果|回答)", Move.OTHER),
    (r"(?:徴収|支給|登録|利用登録|削除|訂正|解除|更新|発行|作成|支払|給付|調査|処理)(?:の解除)?の?依頼", Move.ASK),
)
"""Compounds that mean something other than their last part; tried first."""


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb or noun of movement in a sentence.

    ``start`` is where the word begins, ``stem`` where the stem does (情報|照会), ``end`` where the form
    ends. ``before_noun`` is true of a clause that describes the noun after it (送信した情報);
    ``partly`` of a denial that holds for some of the data only (入手できない情報は).
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
    late: int = 0

    @property
    def at(self) -> int:
        """Where the verb takes its names: the stem, or 行う far after it (通知を住民に対して行う)."""
        return self.late or self.stem


def _named(table: dict[Move, str]) -> str:
    words = [word for row in table.values() for word in _alternatives(row)]
    return "|".join(sorted(words, key=lambda word: -len(_bare(word))))


def _alternatives(row: str) -> list[str]:
    """Split a row at | outside brackets."""
    return re.findall(r"(?:\([^)]*\)|\[[^\]]*\]|[^|])+", row)


def _bare(pattern: str) -> str:
    return re.sub(r"\(\?[=!][^)]*\)|[?]", "", pattern)


_MOVE_OF_SAHEN = [(re.compile(word), move) for move, row in SAHEN.items() for word in _alternatives(row)]
_MOVE_OF_NATIVE = [(re.compile(word), move) for move, row in NATIVE.items() for word in _alternatives(row)]
_STEM = re.compile(
    "(?P<preset>" + "|".join(pattern for pattern, _ in PRESETS) + ")"
    f"|(?P<native>{_named(NATIVE)})|(?P<sahen>{_named(SAHEN)})"
    r"|(?P<other>[一-龠ァ-ヴー]{2}(?=する|し(?!く|い|や)|せず|され|させ|できる|を行[ういっわ]|を実施|を受け(?!付|取|入|継)|を得[てたる、]))"
)
_TAKEN = r"を(?:[^、。を]{1,16}(?:を(?:通じ|介し|経由し)て|により|で))?(?:受け(?!持|継)|受付|受領|受理|受取|得(?=[るた、]))(?:付け?|取り?)?(?:る|た|て|つつ)?"
_LIGHT = r"(?:等|など)?(?:を|が|は|も)?(?:(?:[随適]時|日次|月次|年次|毎[日月年]|定期的?|一括|オンライン|自動的?|即時|適宜|速やか)(?:で|に|して)?)?(?:行[ういえっわ]?|実施|な(?:さ|し|す|われ)|し(?=て|た)|する|さ(?=れ)|でき|可能|依頼|求め|開始)"
_SAHEN_TAIL = re.compile(
    r"(?P<passive>(?:が|は|も)?(?:され|せられ|がなされ|が行われ|のあっ|のある|があっ|がある|があり))"
    rf"|(?P<taken>{_TAKEN})"
    rf"|(?P<active>する|した|して|し(?=[、。・]|$)|し(?=[一-龠ァ-ヴA-Z]|て|た|な|得|う|よ|つ)|せ(?=ず)|すべ|でき|さ(?=せ)|させ|{_LIGHT})"
    r"|(?P<noun>(?:等|など|業務|処理|作業|機能|事務)?(?=[、。・:)/]|$|及び|並びに|又は|または|および|や|のみ|だけ|後|時|際|済|を|の|が|に|は|で|と|も|・))"
)
_NATIVE_PASSIVE = re.compile(r"(?:[らまさかがわた]れ|られ|まれ|され|われ)")
_ENDING = re.compile(r"[ぁ-ん]*")
_DENIAL = re.compile(
    r"しな[いか]|せず|してお?らず|していな|されな|されず|されておらず|されていな|できな|できず|でき(?:ま|る仕組みには?な)|行わ(?:な|ず)|行って(?:い|お)(?:な|ら)|"
    r"行え(?:な|ず)|行うことはな|(?:こと|もの|機能|経路)(?:は|が|も)?(?:一切|でき)?(?:な[いくし]|有していな|持たな|ありえな)|はな[いく]|(?:を|は|が)?(?:認め|許可し|有し|許し)ていな|認めな|禁止|"
    r"不可|ない(?:仕組|よう|設計|構成|設定|こと)|まな[いか]|らな[いか]|けな[いか]|さな[いか]|めな[いか]|なし$|ません"
)
_HARMLESS = re.compile(
    r"(?:だけで|のみで|ばかりで)(?:は)?な|なければ|ない場合|できない場合|ないとき|限りで?は?な|ではなく|必要な|少な|かもしれない|なくな|わけではな"
)
_RESTRICTED = re.compile(
    r"(?:しない|されない|できない|さない|得ない)(?=[一-龠])(?!仕組|構成|設計|設定|措置|機能|運用|契約|環境|状態|制御|方針)"
)
_CLAUSE_END = re.compile(
    r"[。]|(?<=[しりきみえけてでずくいれせちびぎ])、|ため(?:、|に)|場合|際(?:、|に|は)|ので|とき|が、"
)
_NOUN_AFTER = re.compile(r"[一-龠ァ-ヴA-Za-z0-9○「『]|その|それ")
_NOT_NOUN = re.compile(
    r"(?:後|時|際|場合|上で|都度|前|旨|事が|事は|為|必要|可能|予定|仕組|方法|目的|根拠|業務|事務|こと|措置|機能|間|以外|毎|次第|又|及|若|併|且|等)"
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
    move = _move(match)
    if match["native"]:
        ending = _ENDING.match(text, match.end())
        form = ending.group() if ending else ""
        end = match.end() + len(form)
        if not form and text[end : end + 1] not in ("", "、", "。"):
            return None
        passive = bool(_NATIVE_PASSIVE.match(form)) or match.group() == "届"
        return _finish(text, match, move, end, passive=passive)
    if text[match.end() : match.end() + 1] in (
        "書",
        "票",
        "簿",
        "先",
        "元",
        "者",
        "日",
        "番",
        "案",
        "項",
        "件",
        "権",
        "料",
        "額",
        "証",
    ):
        return None
    tail = _SAHEN_TAIL.match(text, match.end())
    if tail is None:
        return None
    kind = tail.lastgroup or ""
    late = _LATE.match(text, tail.end()) if kind == "noun" and move is not Move.OTHER else None
    if late:
        return replace(_finish(text, match, move, late.end()), late=late.start("light"))
    if move is Move.OTHER and (kind == "noun" or match["preset"]):
        return None
    return _finish(
        text, match, move, tail.end(), passive=kind == "passive", taken=kind == "taken", nominal=kind == "noun"
    )


def _move(match: re.Match[str]) -> Move:
    word = match.group()
    if match["preset"]:
        return next(move for pattern, move in PRESETS if re.fullmatch(pattern, word))
    for pattern, move in _MOVE_OF_NATIVE if match["native"] else _MOVE_OF_SAHEN if match["sahen"] else ():
        if (
            pattern.match(match.string, match.start())
            and pattern.match(match.string, match.start()).end() == match.end()
        ):  # type: ignore[union-attr]
            return move
    return Move.OTHER


def _finish(  # noqa: PLR0913  the flags of one form, each named by its caller
    text: str,
    match: re.Match[str],
    move: Move,
    end: int,
    *,
    passive: bool = False,
    taken: bool = False,
    nominal: bool = False,
) -> Verb:
    ending = _ENDING.match(text, end)
    form_end = ending.end() if ending and not nominal else end
    clause = _CLAUSE_END.search(text, match.end(), min(len(text), end + 60))
    rest = text[match.end() : clause.end() if clause else min(len(text), end + 60)]
    form = text[end:form_end]
    before_noun = (
        not nominal
        and bool(re.search(r"(?:る|た|う|ない)$", text[match.end() : form_end]))
        and bool(_NOUN_AFTER.match(text, form_end))
        and not _NOT_NOUN.match(text, form_end)
    )
    return Verb(
        move,
        match.group(),
        _word_start(text, match.start()),
        match.start(),
        end,
        passive=passive,
        taken=taken,
        before_noun=before_noun,
        nominal=nominal,
        denied=_is_denied(rest),
        caused=bool(_CAUSED.match(text, match.end())),
        partly=bool(_RESTRICTED.search(rest)),
        goes_on=bool(re.match(r"(?:し|て|で|り|み|き|い|ぎ)?、|後|の?上で|た後", form + text[form_end : form_end + 2])),
    )


def _is_denied(rest: str) -> bool:
    """Whether the words after a stem deny it; that the number is not used denies no movement."""
    denial = _DENIAL.search(rest)
    if denial is None or _HARMLESS.search(rest):
        return False
    return not _NUMBER_LEFT_OUT.search(rest, 0, denial.start() + 1)


_NUMBER_LEFT_OUT = re.compile(r"(?:個人番号|マイナンバー)")
_LATE = re.compile(
    r"を[^、。を]{1,30}?(?:に対して|に対し|へ|に|から|より)(?:[^、。をにへ]{0,8}で)?(?P<light>行[うっい]|実施[すし])"
)
_CAUSED = re.compile(r"さ?せ(?!ず|な)")
_COMPOUND = re.compile(r"[一-龠々ァ-ヴーA-Za-z0-9]*$")


def _word_start(text: str, stem: int) -> int:
    match = _COMPOUND.search(text, max(0, stem - 24), stem)
    return match.start() if match else stem
