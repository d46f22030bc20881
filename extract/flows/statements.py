"""What a document states once about the individual number, for all movements of a kind.

Each pattern is a wording; what must hold of a movement for it to apply stands in the rule that it gives.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from extract.facts import Carries, EndKind
from extract.flows.cases import Role, find_arguments
from extract.flows.conditions import Rule
from extract.flows.ends import Gazetteer
from extract.flows.objects import is_general
from extract.flows.sentences import Sentence
from extract.normalize import folded

NUMBER = (
    r"(?:個人番号|マイナンバー)(?!カード|利用事務|関係事務|対応符号|識別|通知カード|制度|法|ポータル|"
    r"の変更があ|が不明|が取得でき|が確認でき|の有無|を利用しない|に(?:紐|ひも)[付づ]く)"
)
"""The individual number itself, not the card, the law or the office that bear its name."""

SYMBOL = r"符号|団体内統合(?:宛名|利用)?番号|統合宛名番号|被保険者枝番|処理通番"
"""Numbers and signs that stand in the place of the individual number."""

_ANY_NUMBER = (
    r"(?:個人番号|マイナンバー)(?!カード|利用事務|関係事務|対応符号|識別|通知カード|制度|法|ポータル|が不明|の有無)"
)
_NUMBER = re.compile(_ANY_NUMBER)
_QUOTE_LIMIT = 60

_CONTAINED = re.compile(rf"{NUMBER}等?を(?:含む|内容に含む|記録した)(?P<data>[^、。をにへがはの()]{{3,24}})")
_LISTED = re.compile(rf"(?P<data>[一-龠ァ-ヶー々]{{2,16}}情報)等?\((?P<inside>[^()]{{0,60}}{NUMBER}[^()]{{0,60}})\)")
_TAKEN_OUT = re.compile(rf"(?P<data>[^、。をにへはが]{{3,24}})から{NUMBER}等?を(?:除|削除|取り除|抜)")
_LEFT_OUT = re.compile(r"除|含ま|以外|ない|ず")
_WRITTEN = re.compile(
    rf"{NUMBER}等?[がをの](?:記入|記載)(?:され(?:た|る|ている)|し(?:た|ている)|[がの]?あ(?:る|った))(?P<form>(?=[一-龠])[^、。をにへはが]{{2,30}})"
)
_WRITTEN_IN = re.compile(rf"(?P<form>[^、。のをにが]{{2,14}}書)等?(?:において|に)は?、?{NUMBER}等?[がを](?:記載|記入)")
_CONFIRMED = re.compile(
    r"(?P<form>(?:[^、。]{0,24}に関する)?[^、。のをから]{0,12}(?:申請|届出|届け出|申告|請求))"
    rf"[^。]*?{NUMBER}等?(?:の確認|を(?:入手|取得|収集|確認))"
)
_ENTERED = re.compile(
    rf"(?<![一-龠ァ-ヶー])システムに(?:取り?込|入力|登録|記録|反映)[^。]{{0,12}}(?:際|時|とき)[^。]{{0,60}}{NUMBER}[^。]{{0,20}}(?:合致|照合|突合|一致|確認)"
)
_UNUSED = re.compile(
    rf"{_ANY_NUMBER}等?(?:を|は|が|も)[^。、]{{0,6}}?(?P<verb>用い|使用|利用|使わ|含ま|含め|保有|保持|持た|持って|記録|記載|付さ|付番|取り?扱|渡さ|残さ|格納|保存|必要とし|伴わ|有し|送信|送受信|提供|連携|授受|やり取り|受け渡)"
    r"(?!でき)[^。、]{0,5}?(?:ない|ず|ません)(?!(?:場合|とき|者|人|[^、。]{0,3}(?:システム|事務|業務|端末|サーバ)|職員|申請|届|限り|もの)(?!である|で、|とな|として))"
)
_WHOSE = re.compile(
    r"(?P<who>[^、。]{2,60}?)(?:には|では|においては|との間では|へは|は|(?:で|に)(?![^。]{0,30}(?:には|では|は、?$)))、?[^。]{0,30}$"
)
_INSTEAD = re.compile(rf"{_ANY_NUMBER}(?:に代え|に代わ|の代わり|ではなく)[^、。]{{0,16}}(?:{SYMBOL})")
_ALONE = re.compile(rf"(?:{SYMBOL})(?:のみ|だけ)を[^、。]{{1,10}}し、$")
_OWN = re.compile(
    r"(?:なお、|また、)?(?:個人番号|マイナンバー)(?:は|を|も)(?:一切|全く)?"
    r"(?:保有|保持|管理|利用|使用|取り?扱|用い|持た)[ぁ-ん]{0,4}(?:ない|ず|ません)"
)
_KEPT = re.compile(r"残さ|格納|保存|保持")
_SCREEN = re.compile(r"端末|PC|パソコン")
_NEGATED = re.compile(r"[^、。]{0,8}(?:な[いくか]|ず|ません|不要|省略)")
_WHO_LIMIT = 75
_ONLY = re.compile(
    rf"(?P<who>[^、。]{{2,30}})のみ(?:が|で|において|に)?、?{NUMBER}を?(?:用い|使用|利用|保有|管理|記録)"
)
_EXCEPT = re.compile(r"以外(?:の[^、。]{1,12})?(?:へ|に|と)[^。]*(?:ない|ず)")
_SYMBOL = re.compile(r"符号[^。]{0,30}(?:用い|取得|利用|使用|必要|紐|変換|により|管理|識別)")

_DATA_NOUN = re.compile(
    r"(?:情報|データ|ファイル|一覧|リスト|記録|結果|内容|[書票簿証])(?:等|など|の(?:内容|項目|中))?$"
)
_BUSINESS = re.compile(r"(?P<work>[^、。「」]{2,30}?)(?:業務|事務|処理)$")
_PARTNER = re.compile(r"との(?:[^、。]{0,10}の)?(?:通信|連携|授受|やり取り|受け渡し|交換)$")
_TAKING = re.compile(r"入手|取得|受領|受け取|提供を受け|収集")
_ITSELF = re.compile(r"(?:の仕組み?.*|そのもの|自体|内|上|側|等|のデータベース.*)$")
_NEW = re.compile(r"^(?:次期|新|現行の?|本|なお、|また、)")
_FORM_STARTS = re.compile(r"^.*(?:から|より|は、?|が|(?:[しさ]た|(?<!関)する|される|いる)(?=[一-龠]))")
_FORM_ENDS = re.compile(r"(?:等|など|書|書類)*(?:(?:に関する|に係る|の).*)?$")


@dataclass(frozen=True, slots=True)
class Statements:
    """The rules that a document states, the most specific first, and its word for the symbol."""

    rules: tuple[Rule, ...]
    symbol: str | None


def find_statements(sentences: Iterable[Sentence], gazetteer: Gazetteer) -> Statements:
    """Return what ``sentences`` state for the whole document."""
    symbol: str | None = None
    rules: list[Rule] = []
    for sentence in sentences:
        if symbol is None and (found := _SYMBOL.search(sentence.text)):
            symbol = found.group()[:_QUOTE_LIMIT]
        if _NUMBER.search(sentence.whole.text):
            rules.extend(_rules_of(sentence, gazetteer))
        elif "特定個人情報" in sentence.text:
            rules.extend(_excepted(sentence.text, gazetteer))
    return Statements(tuple(sorted(rules, key=_rank)), symbol)


def find_own(text: str, system: str) -> Iterator[Rule]:
    """Yield what a sentence without subject says of the system whose function it tells: 個人番号は保有しない.

    >>> [rule.touches for rule in find_own("なお、個人番号は保有しない", "給付システム")]
    ['給付システム']
    """
    if found := _OWN.fullmatch(text):
        yield Rule(carries=Carries.NONE, why=_words(found), touches=folded(system))


def _rank(rule: Rule) -> int:
    """Put what names the data before what names a form, and that before what names an end."""
    named = (rule.data, rule.form, rule.source or rule.target, True)
    return next(at for at, held in enumerate(named) if held)


def _rules_of(sentence: Sentence, gazetteer: Gazetteer) -> Iterator[Rule]:
    yield from _of_data(sentence.whole.text)
    yield from _of_forms(sentence.text)
    for found in _UNUSED.finditer(sentence.text):
        symbol = bool(_ALONE.search(sentence.text, 0, found.start()))
        rules = _unused(sentence.text, found, gazetteer)
        yield from (replace(rule, carries=Carries.SYMBOL) if symbol else rule for rule in rules)
    for found in _INSTEAD.finditer(sentence.text):
        named = (one for one in _unused(sentence.text, found, gazetteer) if one.source or one.target or one.touches)
        yield from (replace(rule, carries=Carries.SYMBOL) for rule in named)
    for found in _ONLY.finditer(sentence.text):
        yield Rule(carries=Carries.NONE, why=_words(found), only=found["who"])
    yield from _excepted(sentence.text, gazetteer)


def _of_data(whole: str) -> Iterator[Rule]:
    """個人番号を含むX, X(個人番号、氏名等), Xから個人番号を除いたもの: X carries the number."""
    for pattern in (_CONTAINED, _TAKEN_OUT):
        for found in pattern.finditer(whole):
            data = found["data"].strip("「」")
            if not is_general(data):
                yield Rule(carries=Carries.NUMBER, why=_words(found), data=data)
    for found in _LISTED.finditer(whole):
        carries = Carries.NONE if _LEFT_OUT.search(found["inside"]) else Carries.NUMBER
        if not re.search(r"含む", found["inside"]) or carries is Carries.NUMBER:
            yield Rule(carries=carries, why=_words(found), data=found["data"])


def _of_forms(text: str) -> Iterator[Rule]:
    """Yield that what people hand in carries the number written on it, or asked for with it; so does its input."""
    for pattern in (_WRITTEN, _WRITTEN_IN, _CONFIRMED):
        for found in pattern.finditer(text):
            if _NEGATED.match(text, found.end()):
                continue
            if form := _FORM_ENDS.sub("", _FORM_STARTS.sub("", found["form"])):
                yield Rule(carries=Carries.NUMBER, why=_words(found), form=form)
    for found in _ENTERED.finditer(text):
        yield Rule(carries=Carries.NUMBER, why=_words(found), entered=True)


def _unused(text: str, found: re.Match[str], gazetteer: Gazetteer) -> Iterator[Rule]:
    """Xでは個人番号を使わない: a rule about X, which the clause before the number names, or the one before that."""
    first = max(0, found.start() - _WHO_LIMIT)
    commas = [match.end() for match in re.finditer("、", text[: found.start()]) if match.end() > first]
    for start in [*reversed(commas), first]:
        if whose := _WHOSE.match(text, start, found.start()):
            why = (whose.group() + found.group())[-_QUOTE_LIMIT:]
            kept = bool(_KEPT.search(found.group()))
            rules = _without(whose["who"], why, gazetteer)
            yield from (rule for rule in rules if not (kept and _SCREEN.search(rule.touches)))
            return


def _words(found: re.Match[str]) -> str:
    return found.group()[-_QUOTE_LIMIT:]


def _without(who: str, why: str, gazetteer: Gazetteer) -> Iterator[Rule]:
    """Yield what holds of X: of what X gives or gets, of its data, its work, or of whatever touches it."""
    mentions = gazetteer.find_mentions(who)
    ways = [a for a in find_arguments(who, mentions) if a.role in (Role.FROM, Role.TO)]
    if ways:
        given = [m.name for a in ways if a.role is Role.FROM for m in a.names] or [""]
        got = [m.name for a in ways if a.role is Role.TO for m in a.names] or [""]
        taken = bool(_TAKING.search(who)) and got == [""]
        yield from (
            Rule(carries=Carries.NONE, why=why, source=source, target=target, taken=taken)
            for source in given
            for target in got
        )
        return
    if partner := _PARTNER.search(who):
        ends = [m.name for m in mentions if m.end == partner.start()]
        yield from (Rule(carries=Carries.NONE, why=why, source=end) for end in ends)
        yield from (Rule(carries=Carries.NONE, why=why, target=end) for end in ends)
        return
    named = next((m for m in reversed(mentions) if m.end >= len(who) - 1), None)
    if named and named.kind is EndKind.PERSON:
        return
    last = named.name if named else None
    core = _NEW.sub("", last or _ITSELF.sub("", who))
    if last is None and _DATA_NOUN.search(core):
        if not is_general(core):
            yield Rule(carries=Carries.NONE, why=why, data=core)
    elif last is None and (work := _BUSINESS.fullmatch(core)):
        yield Rule(carries=Carries.NONE, why=why, business=work["work"])
    elif len(core) > 1:
        yield Rule(carries=Carries.NONE, why=why, touches=core)


def _excepted(text: str, gazetteer: Gazetteer) -> Iterator[Rule]:
    """X以外への特定個人情報の配信は行っていない: what goes to X carries the number."""
    found = _EXCEPT.search(text)
    if found is None:
        return
    for mention in gazetteer.find_mentions(text[: found.start()]):
        if found.start() - 2 <= mention.end <= found.start():
            yield Rule(carries=Carries.NUMBER, why=text[mention.start :][:_QUOTE_LIMIT], target=mention.name)
