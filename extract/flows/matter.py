"""What moves: the noun phrase of the data, the medium, and matters that are no personal data at all.

Knows noun phrases; not who sends them.
"""

from __future__ import annotations

import re

from extract.flows.cases import ABOUT, Role
from extract.flows.frames import Frame

_NEVER = re.compile(
    r"(?:ログ|操作履歴|操作記録|アクセス記録|利用記録|使用記録|入退室|入退室記録|パスワード|ID|権限|認証情報|許可証|照合リスト|鍵|経路情報|パッチ|パターンファイル|ソフト(?:ウェア)?|"
    r"ウイルス|研修|教育|監査|評価書|規程|マニュアル|手順書?|仕様書?|規格|補助金|交付金|代金|経費|損害|漏えい|インシデント|対策|措置|機器|媒体|周知|助言|勧告|"
    r"暗号化|目的|趣旨|プログラム|アプリケーション|バージョン|証跡|情報システム|システム|端末|サーバー?|運用|保守|方法|根拠|入館証|カードキー|月報|年報|(?:児童|生徒|世帯|[者員人件名])数|統計表?|統計資料|集計表?|集計結果|件数|人数|"
    r"(?:自己|内部|外部|^)(?:監査|評価|受講)の?結果|自己点検の?結果|同意|承諾|了承|了解|承認|協力|信頼|理解|権利|(?:明け?渡し|立ち?退き|退去|損害賠償)(?:の(?:請求|要求|求め))?)(?:等|など)?$"
)
_NOT_AMID_RISKS = re.compile(
    r"(?:点検の?結果|点検|誓約書?|契約書?|契約|指示|許可|許諾|承認|決裁|委託|再委託|手数料|事故|事案|障害|違反|説明|協力|改善|指導|命令|管理簿|体制図|状況|業務|事務|作業|対応|理由|"
    r"範囲|報告書?|計画書?|書面|意見|同意|資料|結果|記録|開示|定義のこ)(?:等|など)?$"
)
_COUNTS = re.compile(r"統計|月報|年報|集計|件数を")
_SECURITY = re.compile(
    r"研修|教育|啓発|監査|点検|入退室|入退館|パスワード|ウイルス|ウィルス|ファイアウォール|不正アクセス|セキュリティパッチ|ログイン|ログアウト|ユーザー?ID|アクセス権限|操作ログ|"
    r"アクセスログ|操作履歴|誓約書|契約書|消去証明|廃棄証明|再委託|罰則|懲戒|シュレッダー|溶解|施錠|漏えい等の事案|重大事案|事故等|開示請求|意見募集|パブリックコメント"
)
_OBJECT = re.compile(
    r"を(?!用い|基に|基と|介[さしす]|通[じしす]|経由|経て|以て|もって|踏まえ|利用し|使用し|使っ|活用し|含|除|行|もとに|実施|受け(?!付|取|入)|含め)"
)
_EDGE = re.compile(
    r"[、。:]|に基づ(?:き|いて)|を(?:元|基|もと)に|(?:受領|照会|提供|登録|取得|送信)(?:及び|並びに|又は|や|・)(?:当該)?|(?<=、)・|を(?!含|除|付|記載|記入)(?=[^、。]{2})|から|より(?!も)|については?|へ|(?<!こと)が(?=[^、]{4})|して(?=[^い])"
)
_AFTER = re.compile(
    rf"(?P<phrase>(?:[^、。をにへはがで:]|に(?={ABOUT})|(?<=番号)を(?=[除含付])|(?<=番号)が(?=[除含付記])){{1,40}})"
)
_PARTICLES = re.compile(
    r"^(?:(?:て(?:い[るた])?|し?た|され?た|する|る|いる|ための|あった|ある|なった|なる)(?=[一-龠ァ-ヶA-Z])|対し(?:て)?|の|も|、|また|及び|並びに|同|当該|その|以下の|上記の|これらの|必要な|必要に応じて|併せて|さらに|次の|直接(?=[一-龠])|速やかに|即時に|随時に?|都度|職権で|[^、。をのがは]{1,12}(?:によらず|によって))+"
)
_PURPOSE = re.compile(
    r"(?:する|の|[うくすつぶむる])ための(?P<phrase>[^、。をにへはがで]{0,24}(?:情報|データ|ファイル))(?=[をがは])"
)
_SAID_OF = re.compile(r"(?P<mark>が)[^、。がはを]{2,30}(?:へ|に|から|より)$")
_SUBJECT = re.compile(
    r"(?P<phrase>(?:[^、。をにへはが]|(?<=番号)を(?=[除含付])|(?<=番号)が(?=[除含付記])){2,40})(?:が|は)$"
)
_TOPIC = re.compile(r"(?P<phrase>[^、。はが]{2,40}[一-龠ァ-ヶー](?<!場合)(?<![際時後上]))は、")
_PRONOUNS = frozenset(("", "これ", "これら", "それ", "それら", "同", "当該"))
_MADE = re.compile(r"(?P<phrase>[^、。をにへがは]{2,40})を(?!経由|利用|使用|活用|介)[一-龠]{2,4}し(?:て(?![いお])|、)")
_FROM = re.compile(r"(?<=[一-龠ァ-ヶー])(?:から|より(?!も))")
_ENDS = re.compile(r"(?<!こ)[とで]$")
_NO_NOUN = re.compile(
    r"即時|随時|隨時|都度|直接(?:これ)?|適宜|速やか|定期的|自動的|自己|サーバー?間|(?:いる)?こと|もの|.*(?:場合|とき|時期や頻度)"
)
"""Words that stand where the data would, and are none."""
_UNTIL_NAME = re.compile(r"(?P<data>.*?(?:情報|データ|ファイル|副本))の[^の]*(?:システム|サーバー?|端末|基盤)$")
_PAPER = re.compile(r"届出|届け出|申請|申告|申出|請求")
_LIMIT = 60

MEDIA: tuple[tuple[str, str], ...] = (
    (r"フラッシュメモリ|USBメモリ|フラッシュメモリー", "フラッシュメモリ"),
    (r"電子記録媒体|電子媒体|磁気媒体|光ディスク|CD-R|DVD|DAT|磁気テープ", "電子記録媒体"),
    (r"電子メール|Eメール", "電子メール"),
    (r"専用線|専用回線|IP-VPN|閉域", "専用線"),
    (r"庁内連携|庁内ネットワーク|庁内LAN", "庁内連携システム"),
    (r"情報提供ネットワーク|情報提供NWS", "情報提供ネットワークシステム"),
    (r"紙|書面|書類|申請書|届出書|郵送|窓口で", "紙"),
)
"""Words of the text, and the form's own word for the medium."""


def find_data(text: str, frame: Frame) -> str | None:
    """Return the short noun phrase of what moves, or None if the clause does not say.

    It is what を marks before the verb, what the verb describes (送信した情報), what の joins to a verbal noun
    (情報の提供), or the first part of a compound (副本登録).
    """
    verb = frame.verb
    window = text[frame.since : verb.start]
    marks = list(_OBJECT.finditer(window))
    if not marks and verb.passive and (said := _SAID_OF.search(window)):
        return _phrase(text, frame, frame.since + said.start("mark"))
    if not marks and (purpose := _PURPOSE.match(text, verb.stem + len(verb.word))):
        return _short(purpose["phrase"])
    if marks and (not verb.nominal or verb.end == len(text) or not window.endswith("の")):
        end = frame.since + marks[-1].start()
        is_name = any(a.role is Role.OBJECT and a.end == end + 1 for a in frame.arguments)
        return None if is_name else _phrase(text, frame, end)
    return _joined(text, frame, window) or _described(text, frame) or _compound(text, frame, window)


def find_made(text: str, start: int, end: int) -> str | None:
    """Return what is decided or made between two movements, for that is what moves next (区分を決定して通知)."""
    made = None
    for found in _MADE.finditer(text, start, end):
        made = _short(found["phrase"])
    return made


def find_topic(text: str, frame: Frame) -> str | None:
    """Return what the sentence speaks of where no name acts: 年金情報は、機構から送られる."""
    topic = None if frame.topic else _TOPIC.match(text, 0, frame.verb.start)
    return _short(_FROM.split(topic["phrase"])[-1]) if topic else None


def _joined(text: str, frame: Frame, window: str) -> str | None:
    """Xに関する照会, Xの提供: what joins the data to the noun; of a form handed in the word itself is data."""
    joint = re.search(r"(?:に関する|に係る|についての|の)$", window)
    matter = _phrase(text, frame, frame.since + joint.start()) if joint else None
    if joint and matter and _PAPER.search(frame.verb.word):
        return f"{matter}{joint.group()}{frame.verb.word}"
    return matter


def _described(text: str, frame: Frame) -> str | None:
    after = _AFTER.match(text, _form_end(text, frame.verb.end)) if frame.verb.before_noun else None
    if after and (whole := _UNTIL_NAME.match(after["phrase"])):
        return _short(whole["data"])
    return _short(after["phrase"]) if after else None


def _compound(text: str, frame: Frame, window: str) -> str | None:
    verb = frame.verb
    if _PAPER.search(verb.word) and (verb.nominal or verb.taken):
        return _short(text[verb.start : verb.stem] + verb.word)
    if verb.start < verb.stem:
        return _short(text[verb.start : verb.stem])
    subject = _SUBJECT.search(window) if verb.passive else None
    return _short(subject["phrase"]) if subject else None


def _form_end(text: str, at: int) -> int:
    while at < len(text) and "ぁ" <= text[at] <= "ん":
        at += 1
    return at


def _phrase(text: str, frame: Frame, end: int) -> str | None:
    """Return the noun phrase that ends at ``end``: back to the last name, comma or particle."""
    start = max([frame.since, end - _LIMIT, *_edges(frame, end)])
    for edge in _EDGE.finditer(text, start, end):
        start = edge.end()
    return _short(text[start:end])


def _edges(frame: Frame, end: int) -> list[int]:
    """Return where the names before ``end`` end; whose the data are (対象者の情報) belongs to them."""
    return [a.end for a in frame.arguments if a.end <= end + 1 and a.role is not Role.OF]


def _short(phrase: str) -> str | None:
    phrase = _PARTICLES.sub("", phrase).strip("、・のを")
    phrase = _ENDS.sub("", _FROM.split(phrase)[0])[-_LIMIT:]
    return None if phrase in _PRONOUNS or _NO_NOUN.fullmatch(phrase) else phrase


def is_personal(data: str | None, clause: str = "", *, risks: bool = False) -> bool:
    """Whether ``data`` can be data about people; logs, permits, counts and, amid the risks, reports are not.

    >>> is_personal("住民票情報"), is_personal("操作ログ"), is_personal(None)
    (True, False, True)
    """
    if data is None:
        return not _COUNTS.search(clause)
    return not (_NEVER.search(data) or _COUNTS.search(clause) or (risks and _NOT_AMID_RISKS.search(data)))


def is_security(text: str) -> bool:
    """Whether a sentence speaks of training, audits, passwords and the like."""
    return bool(_SECURITY.search(text))


def medium_of(via: str | None) -> str | None:
    """Return the form's word for the medium that ``via`` names.

    >>> medium_of("VPNによる専用回線"), medium_of("連携機能")
    ('専用線', None)
    """
    return next((medium for pattern, medium in MEDIA if via and re.search(pattern, via)), None)
