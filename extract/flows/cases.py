"""What part a name plays in its clause: the particles after it, as a table.

Knows particles only; which verb they belong to is found in clauses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from extract.flows.ends import Mention, is_network


class Role(Enum):
    """The part that a group of names plays."""

    FROM = "から"
    TO = "へ"
    TOPIC = "は"
    SUBJECT = "が"
    AT = "において"
    WITH = "と"
    VIA = "を介して"
    TOOL = "を用いて"
    OWNER = "の…を用いて"
    OF = "の"
    HELD = "における"
    FOR = "向けに"
    OBJECT = "を"
    EXCEPT = "以外"
    BOTH = "との間で"
    ONLY = "でしか"


ABOUT = "(?:関する|係る|必要な|用いる|要する|当たる|ついての|対する)"
"""What follows に where a noun says of what the data are (給付に関する情報), or for what."""

_WRITTEN = "(?:記載|記入|記録|登録|保存|格納|付記)され"
_SUFFIX = r"(?:等|など|側|内部|内|上|各位|自身|自体|毎|の双方|双方)*"
_NOT_DATIVE = (
    "よ|お(?:い|け)|つ(?:い|き)|基づ|基き|もと|係[るりっ]|かか|関[すしわ連]|限[るりらっ定]|伴|際し|当た|あた|応じ|従[いっ]|準[じず]|照ら|加え|含[まめむ]|属[しす]|該当|必要|"
    "設置|委託|再委託|備[えわ]|整備|とって|ある|あっ|あり|な[るっりら]|比[べ較し]|要す|即[しす]|適[しす合用]|合わせ|併せ|ひも|紐|わた|渡って|て|対応|過ぎ|代わ|変わ|"
    "存[しす在]|所在|住所|住[むみん]|(?:居住|転入|転出|加入|勤務)[しす]|通[うっ]|出向"
)
_MOVING = "の?(?:転入|転出|転居|転校|編入|移住|引っ?越し?|入国|帰国)(?:し[てた、]|する|者(?!情報|データ)|児童|生徒|世帯|の?(?:際|場合|とき|時))"
"""People who move, and no data: 他市からの転入者."""
_CASES: tuple[tuple[Role, str], ...] = (
    (Role.BOTH, r"(?:との?|の)(?:間|あいだ)(?:で|の|に|では|における|において)|とで(?![きすは])"),
    (Role.ONLY, r"(?:でしか|にしか|へしか)(?=[^、。]{1,12}(?:ない|ず))"),
    (Role.EXCEPT, r"以外(?:の(?:者|もの|[^、。をにへが]{0,12}))?(?:に|へ|から|と)(?:の|は)?"),
    (
        Role.VIA,
        r"(?:を(?:経由|介|仲介)(?:して|した|する|しての|し|せず|すことなく|さず|さない)?|経由(?:で|し|の|によ)|を通(?:じて|して|じた|じ|し|る)|を経て|通じて|に一旦)",
    ),
    (
        Role.OWNER,
        r"の(?P<tool>[^、。をにへがは]{1,24})(?:を(?:用い|利用し|使用し|活用し|介し|通じ|通し)て?|により|によって|を(?:利用|使用)した)",
    ),
    (
        Role.TOOL,
        r"(?:を(?:用い|利用し|使用し|使っ|活用し|操作し)(?:て|た)?|を(?:利用|使用|活用)する(?:こと(?:で|により))|により(?!難)|によって|によ(?:り|る))",
    ),
    (Role.HELD, r"における(?=[^、。]{1,24}(?:情報|データ|回数|記録|状況|内容)を)"),
    (Role.FROM, rf"(?:から|より)(?!も?(?:高|低|詳|適|良|正確|多|少)|{_MOVING})(?:の(?=[^、。])|は|も|、)?"),
    (Role.FOR, r"向け(?:に|の)"),
    (
        Role.TO,
        rf"(?:へ|宛(?:て)?に?|あて(?:に)?|に対して|に対し|に対する|に(?=は|も)(?!はな|はあ)|に(?!{_NOT_DATIVE}))(?:の|は|も(?!たら))?",
    ),
    (Role.AT, r"(?:において|にて|で(?!あ|き|な|も|す|の|、あ))(?:は|も)?は?、?"),
    (Role.TOPIC, r"(?:は|も)(?!、?なく)"),
    (Role.SUBJECT, r"が、?"),
    (Role.WITH, r"と(?:は|も|(?=の|、|[一-龠ァ-ヴA-Za-z]))(?!な|し|す|い|同)"),
    (
        Role.OF,
        rf"の(?=(?:[^、。をにへがはで]|に{ABOUT}|に{_WRITTEN}){{1,40}}(?:を|(?:へ|に)(?:のみ|だけ)?アクセス|(?<=情報|ータ|記録|内容|一覧|イル)は))",
    ),
    (Role.OBJECT, r"を"),
)
_CASE = tuple((role, re.compile(_SUFFIX + pattern)) for role, pattern in _CASES)
_LINK = re.compile(
    rf"{_SUFFIX}(?:、(?:又は|及び|並びに|若しくは)?|・|及び|および|並びに|ならびに|又は|または|若しくは|もしくは|や|と|/|,)(?:その|当該|同|各|[庁市区町村県組]織?内の)?$"
)
_BEFORE_NOUN = re.compile(r"(?:の|を(?:通じ|介し|経由し|利用し|使用し|用い|活用し)た|による|に対する|における)$")


@dataclass(frozen=True, slots=True)
class Argument:
    """Names that share one part: their range with the particle, and whether a comma sets them apart.

    ``noun`` is true where the particle leads to a noun (からの, を介した), ``fixed`` where the place holds
    for the rest of the sentence (において), ``contrast`` where は sets the names beside others (乙へは).
    """

    role: Role
    names: tuple[Mention, ...]
    start: int
    end: int
    comma: bool = False
    noun: bool = False
    fixed: bool = False
    tool: str | None = None
    contrast: bool = False


def find_links(text: str, start: int, end: int) -> bool:
    """Whether the text between two names only joins them."""
    return bool(_LINK.match(text[start:end]))


def find_arguments(text: str, mentions: list[Mention]) -> list[Argument]:
    """Return the parts played by ``mentions``, names joined by 及び or 、 as one argument.

    A name followed by no particle of the table, or by の alone, plays none.
    """
    found: list[Argument] = []
    group: list[Mention] = []
    for at, mention in enumerate(mentions):
        group.append(mention)
        following = mentions[at + 1] if at + 1 < len(mentions) else None
        if following and following.start >= mention.end and _LINK.match(text[mention.end : following.start]):
            continue
        argument = _argument(text, tuple(group))
        if argument:
            found.append(argument)
        group = []
    return found


def _argument(text: str, names: tuple[Mention, ...]) -> Argument | None:
    end = names[-1].end
    for role, pattern in _CASE:
        match = pattern.match(text, end)
        if match:
            words = match.group()
            if role is Role.AT and words.rstrip("、") == "で" and is_network(names[-1].name):
                role = Role.VIA  # noqa: PLW2901  what only carries is a means, not a place
            return Argument(
                role,
                names,
                names[0].start,
                match.end(),
                comma=words.endswith(("、", "では", "においては", "にて"))
                or text[match.end() : match.end() + 1] == "、",
                noun=bool(_BEFORE_NOUN.search(words)),
                fixed="において" in words,
                tool=match.groupdict().get("tool"),
                contrast=words.endswith("は"),
            )
    return None
