"""What a document states once about the individual number, for all movements of a kind.

Each row of the table is a wording and the condition under which it decides: a word of the data, a form that
people hand in, an end, or the one from whom or to whom the data run.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from extract.facts import Carries, EndKind
from extract.flows.cases import Role, find_arguments
from extract.flows.ends import Gazetteer
from extract.flows.sentences import Sentence
from extract.normalize import folded

NUMBER = (
    r"(?:個人番号|マイナンバー)(?!カード|利用事務|関係事務|対応符号|識別|通知カード|制度|法|ポータル|"
    r"が不明|が取得でき|が確認でき|の有無)"
)
"""The individual number itself, not the card, the law or the office that bear its name."""

_NUMBER = re.compile(NUMBER)
_QUOTE_LIMIT = 60

_CONTAINED = re.compile(rf"{NUMBER}等?を(?:含む|内容に含む|記録した)(?P<data>[^、。をにへがはの()]{{3,24}})")
_LISTED = re.compile(rf"(?P<data>[一-龠ァ-ヶー々]{{2,16}}情報)等?\((?P<inside>[^()]{{0,60}}{NUMBER}[^()]{{0,60}})\)")
_LEFT_OUT = re.compile(r"除|含ま|以外|ない|ず")
_WRITTEN = re.compile(
    rf"{NUMBER}等?[がをの](?:記入|記載)(?:され|し|が?あ)[ただるっ]*(?P<form>[^、。をにへはが]{{2,30}})"
)
_WRITTEN_IN = re.compile(rf"(?P<form>[^、。のをにが]{{2,14}}書)等?(?:において|に)は?、?{NUMBER}等?[がを](?:記載|記入)")
_CONFIRMED = re.compile(
    r"(?P<form>(?:[^、。]{0,24}に関する)?[^、。のをから]{0,12}(?:申請|届出|届け出|申告|請求))"
    rf"[^。]*?{NUMBER}等?(?:の確認|を(?:入手|取得|収集|確認))"
)
_UNUSED = re.compile(rf"{NUMBER}等?(?:を|は|が)[^。]{{0,12}}(?:ない|ず|ません|なし)")
_WHOSE = re.compile(r"(?P<who>[^、。]{2,40})(?:には|では|においては|は|で)、?[^。]{0,30}$")
_WHO_LIMIT = 75
_ONLY = re.compile(
    rf"(?P<who>[^、。]{{2,30}})のみ(?:が|で|において|に)?、?{NUMBER}を?(?:用い|使用|利用|保有|管理|記録)"
)
_EXCEPT = re.compile(r"以外(?:の[^、。]{1,12})?(?:へ|に|と)[^。]*(?:ない|ず)")
_SYMBOL = re.compile(r"符号[^。]{0,30}(?:用い|取得|利用|使用|必要|紐|変換|により|管理|識別)")

_ITSELF = re.compile(r"(?:の仕組み?.*|そのもの|自体|内|上|側|等|のデータベース.*)$")
_NEW = re.compile(r"^(?:次期|新|現行の?|本)")
_FORM_STARTS = re.compile(r"^.*(?:から|より|は、?|が)")
_FORM_ENDS = re.compile(r"(?:等|など|書|書類)*(?:(?:に関する|に係る|の).*)?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What holds for a movement that fits all of the conditions that are not empty.

    ``data`` stands in the data's name, ``form`` in the sentence of what people hand in, ``touches`` in the
    name of an end; ``source`` and ``target`` own the ends; ``only`` touches neither of two systems.
    """

    carries: Carries
    why: str
    data: str = ""
    form: str = ""
    touches: str = ""
    source: str = ""
    target: str = ""
    only: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A movement before its carriage is settled: its ends, the data, the words of its clause and sentence."""

    source: str
    target: str
    source_kind: EndKind
    target_kind: EndKind
    data: str | None
    via: str | None
    clause: str
    sentence: str
    stated: bool = True


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


def _rank(rule: Rule) -> int:
    """Put what names the data before what names a form, and that before what names an end."""
    return next(at for at, held in enumerate((rule.data, rule.form, rule.source or rule.target, True)) if held)


def _rules_of(sentence: Sentence, gazetteer: Gazetteer) -> Iterator[Rule]:
    text, whole = sentence.text, sentence.whole.text
    for found in _CONTAINED.finditer(whole):
        yield Rule(carries=Carries.NUMBER, why=_words(found), data=found["data"].strip("「」"))
    for found in _LISTED.finditer(whole):
        carries = Carries.NONE if _LEFT_OUT.search(found["inside"]) else Carries.NUMBER
        if not re.search(r"含む", found["inside"]) or carries is Carries.NUMBER:
            yield Rule(carries=carries, why=_words(found), data=found["data"])
    for pattern in (_WRITTEN, _WRITTEN_IN, _CONFIRMED):
        for found in pattern.finditer(text):
            if form := _FORM_ENDS.sub("", _FORM_STARTS.sub("", found["form"])):
                yield Rule(carries=Carries.NUMBER, why=_words(found), form=form)
    for found in _UNUSED.finditer(text):
        before = text[max(0, found.start() - _WHO_LIMIT) : found.start()]
        if whose := _WHOSE.search(before):
            starts = found.start() <= _WHO_LIMIT and whose.start() == 0
            why = (whose.group() + found.group())[-_QUOTE_LIMIT:]
            yield from _without(whose["who"], why, gazetteer, starts=starts)
    for found in _ONLY.finditer(text):
        yield Rule(carries=Carries.NONE, why=_words(found), only=found["who"])
    yield from _excepted(text, gazetteer)


def _words(found: re.Match[str]) -> str:
    return found.group()[-_QUOTE_LIMIT:]


def _without(who: str, why: str, gazetteer: Gazetteer, *, starts: bool) -> Iterator[Rule]:
    """Xでは個人番号を使わない: of X; Xから入手する情報には…記録されていない: of what X gives."""
    directed = False
    for argument in find_arguments(who, gazetteer.find_mentions(who)):
        if argument.role in (Role.FROM, Role.TO):
            directed = True
            gives = argument.role is Role.FROM
            for name in argument.names:
                ends = (name.name, "") if gives else ("", name.name)
                yield Rule(carries=Carries.NONE, why=why, source=ends[0], target=ends[1])
    last = next((m.name for m in reversed(gazetteer.find_mentions(who)) if m.end >= len(who) - 1), None)
    core = _NEW.sub("", last or _ITSELF.sub("", who))
    if not directed and len(core) > 1 and (last or starts):
        yield Rule(carries=Carries.NONE, why=why, touches=core)


def _excepted(text: str, gazetteer: Gazetteer) -> Iterator[Rule]:
    """X以外への特定個人情報の配信は行っていない: what goes to X carries the number."""
    found = _EXCEPT.search(text)
    if found is None:
        return
    for mention in gazetteer.find_mentions(text[: found.start()]):
        if found.start() - 2 <= mention.end <= found.start():
            yield Rule(carries=Carries.NUMBER, why=text[mention.start :][:_QUOTE_LIMIT], target=mention.name)


def fits(rule: Rule, draft: Draft, owners: Mapping[str, str]) -> bool:
    """Whether the movement meets every condition of the rule."""
    return (
        rule.data in (draft.data or "")
        and (not rule.form or (draft.source_kind is EndKind.PERSON and rule.form in draft.sentence))
        and (not rule.touches or _touched(rule.touches, draft))
        and (not rule.source or belongs(draft.source, rule.source, owners))
        and (not rule.target or _reaches(rule, draft, owners))
        and (not rule.only or _elsewhere(rule.only, draft))
    )


def belongs(name: str, body: str, owners: Mapping[str, str]) -> bool:
    """Whether ``name`` is the body, or something of the body's (市の窓口, or a system that it owns)."""
    owner = name.split("の", maxsplit=1)[0] if "の" in name else owners.get(folded(name), name)
    return name.endswith(body) or owner.endswith(body) or body.endswith("の" + name)


def _touched(name: str, draft: Draft) -> bool:
    ends = ((draft.source, draft.source_kind), (draft.target, draft.target_kind))
    named = [folded(end) for end, kind in ends if kind is not EndKind.PERSON]
    part = not name.endswith(("システム", "サーバ", "サーバー", "端末"))
    return any(end.endswith(name) or (part and name in end) for end in named)


def _reaches(rule: Rule, draft: Draft, owners: Mapping[str, str]) -> bool:
    """Whether the movement runs to the rule's target from outside of it."""
    if rule.source:
        return belongs(draft.target, rule.target, owners)
    inside = draft.source.split("の", maxsplit=1)[0] == rule.target.split("の", maxsplit=1)[0]
    return draft.target.endswith(rule.target) and not inside


def _elsewhere(name: str, draft: Draft) -> bool:
    systems = draft.source_kind is EndKind.SYSTEM and draft.target_kind is EndKind.SYSTEM
    return systems and not any(name in end or end in name for end in (draft.source, draft.target))
