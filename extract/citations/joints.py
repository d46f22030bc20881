"""What may stand between two phrases of one citation, and what breaks it."""

from __future__ import annotations

import re
from enum import Enum

from extract.citations.phrases import JOINING, TO
from extract.numerals import CIRCLED, KANJI, MARKS, NUMERAL


class Joint(Enum):
    """How a phrase hangs on the one before."""

    NEXT = "next"  # 第9条|第1項: nothing between, or words of no weight
    LISTED = "listed"  # 第9条、|第10条
    RANGE = "range"  # 第50条から|第55条
    FAR = "far"  # other words between


# No word of these begins with another and the rest of a third: 「の規定」 is read as の and 規定, in one way only.
_LIGHT = (
    r"[」』】\]「『【(:'\"]|に規定する|規定|本文|ただし書き?|但書き?|柱書き?|前段|後段|各号列記以外の部分|各号|うち|等|まで|"
    r"の[①-⑨]?法令上の根拠|の"
)
_NEXT = re.compile(rf"(?:{_LIGHT})*")
_LISTED = re.compile(rf"(?:{_LIGHT}|{JOINING}|[○●◯◎◆◇■□※▪•‣⁃*-])*")
_RANGE = re.compile(rf"(?:{_LIGHT})*{TO}(?:{_LIGHT})*")
_LONGEST_JOINT = 60


def find_joint(gap: str) -> Joint:
    """Return how two phrases hang together that are parted by ``gap``.

    >>> [find_joint(gap).value for gap in ("」", "の規定及び", "から", "については")]
    ['next', 'listed', 'range', 'far']
    """
    if len(gap) > _LONGEST_JOINT:
        return Joint.FAR
    if _NEXT.fullmatch(gap):
        return Joint.NEXT
    if _RANGE.fullmatch(gap) and gap != "-":
        return Joint.RANGE
    return Joint.LISTED if _LISTED.fullmatch(gap) else Joint.FAR


_ACT = r"(?:利用)?(?:特定個人情報の|情報)?(?:提供|照会|連携|利用|入手|移転)"
HEADING = re.compile(
    rf"(?:における|に(?:よる|基づく|係る)|の)?{_ACT}(?:(?:及び|・|と|又は){_ACT})?の?(?:法的|法令上の)?根拠"
)
"""After 別表第二: this is a heading (別表第二における情報提供の根拠), the rows follow."""
RELATED = re.compile(rf"(?:{JOINING}第?{NUMERAL}条(?:の{NUMERAL}){{0,3}}){{0,6}}関係(?:\)|$)")
"""After 第9条: a table's caption names the article that it belongs to (別表第一（第9条関係）)."""
OTHER_STATUTE = re.compile("条例|規則|規程|要綱")
NUMBER_ACT_TABLE = re.compile(
    r"(?:に(?:定める|規定する|掲げる)|における|の)?(?:第[一二三四1234]欄[^、。]{0,12})?[「(]?情報(?:照会|提供)者"
)
"""After 別表第二: only the number act's speaks of who inquires and who supplies."""
COLUMN = re.compile(r"[^「」。]{0,160}[」』][^。、「」]{0,10}(?:含|あ|記載)")
"""After a law's name in quotation marks: the words tell what a column of the table holds (「…」が含まれる項)."""
NO_STATUTE = re.compile(
    r"(?:契約書?|協定書?|約款|仕様書|規約|特記事項|覚書|定款|要領|手順書?|基準|ポリシー|マニュアル|計画|様式|別紙|別添|添付|方針|条例|規則|規程|要綱|法|令|指針|通知|告示)[」』)]*"
)
"""Before 第N条: the article is that of another paper, of which nothing is known."""
LABEL = re.compile(r"[^。はがを、※]{0,14}")
"""Between an article and a 第N項 that belongs to it: at most a label."""
NOTE = "※"
"""Before a 第N項 without its article: a note begins, which speaks of the rows of a table or of another paper."""
NOTICE_ITEM = re.compile(r"\((?P<item>[0-9]{1,2})\)")
AFTER_BARE_ROWS = re.compile(r"$|[)。】」\]、,・○●◯◆◇■□※【(]")
BEFORE_BARE_ROWS = re.compile(r".*項\(", re.DOTALL)
_COUNT = rf"(?:項番[:の]?)?第?{NUMERAL}(?:の{NUMERAL})?"
HAS_ROWS = re.compile(
    rf"(?:\([^()]{{0,20}}関係\))?の?(?:項番[:の]?{NUMERAL}|{_COUNT}(?:{JOINING}{_COUNT}|{TO}{_COUNT})*の?項(?![目番]))"
)
"""After 別表: its rows are named."""
ROWS_ONLY = re.compile(rf"[0-9{KANJI}{CIRCLED}の:、,・~第項番及び{MARKS}]*")
"""After 別表, up to the end of the parenthesis: nothing but rows, or nothing."""


def is_far_article(before: str, *, glued: bool) -> bool:
    """Tell whether a 第N条 that follows the text ``before`` may belong to the running law.

    ``glued`` tells that no white space parts them: then a noun before it names another paper.

    >>> is_far_article("利用は、", glued=True), is_far_article("契約書", glued=True), is_far_article("みほん定め", glued=True)
    (True, False, True)
    """
    if re.search(NO_STATUTE.pattern + r"\Z", before):
        return False
    return not (glued and re.search(r"[一-龥々〆ヶァ-ヴーA-Za-z0-9]\Z", before))
