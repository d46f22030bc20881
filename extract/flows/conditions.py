"""A movement before its carriage is settled, and the rules that may settle it: what must hold of it for each.

Knows no sentence; where rules come from stands in statements.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from extract.facts import Carries, EndKind
from extract.flows.objects import is_general, same_matter
from extract.normalize import folded


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A movement before its carriage is settled: its ends, the data, the words of its clause and sentence.

    ``matter`` is what the data's general word (ファイル) stands for by the sentences before, else the data;
    ``heading`` the title over the sentence, ``word`` the verb; ``asks`` is true of a request for the data.
    """

    source: str
    target: str
    source_kind: EndKind
    target_kind: EndKind
    data: str | None
    via: str | None
    clause: str
    sentence: str
    stated: bool = True
    matter: str = ""
    heading: str = ""
    word: str = ""
    asks: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What holds for a movement that fits all of the conditions that are not empty.

    ``data`` stands in the data's name, ``form`` in the sentence of what people hand in, ``touches`` in the
    name of an end; ``source`` and ``target`` own the ends; ``only`` touches neither of two systems; ``business``
    is the work that the movement serves. ``like`` is a matter of which the data are a wording, ``persons``
    asks for the register of who the people are, ``taken`` for the agency as taker, ``entered`` for the input
    of what the agency took in.
    """

    carries: Carries
    why: str
    data: str = ""
    form: str = ""
    touches: str = ""
    source: str = ""
    target: str = ""
    only: str = ""
    business: str = ""
    like: str = ""
    inquiry: bool = False
    persons: bool = False
    taken: bool = False
    entered: bool = False

    @property
    def by_way(self) -> bool:
        """Whether the rule lets the number go a way, whatever goes it: nothing for assorted files and forms."""
        return self.carries is Carries.NUMBER and bool(self.source or self.target) and not (self.data or self.form)

    @property
    def firm(self) -> bool:
        """Whether the rule names the data or the way, so that it outweighs a general word for what moves."""
        return bool(self.data or self.source or self.target or self.business)


_OF_MANY = re.compile(r"等(?=システム|サーバ)|(?<=サーバ)ー")
_ASSORTED = re.compile(r"^各種|帳票")
_PERSONS = re.compile(
    r"(?:加入者|被保険者|組合員|資格|個人|宛名|住民|本人|対象者|基本|世帯員|世帯構成員|受給者|登録者)(?:等)?(?:の)?(?:資格|個人|宛名)?(?:等)?(?:情報|データ|ファイル)(?:等)?$"
)
_INQUIRY = re.compile(r"^(?:情報)?照会(?:情報|要求|依頼|内容|データ)?$|^情報$")
_ANOTHERS = re.compile(r"^(?:その)?他(?!部署|課)|^別の")
_PLAYERS = (EndKind.SYSTEM, EndKind.DEPARTMENT, EndKind.PLACE)
_OF_BUSINESS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (re.compile(r"審査・?(?:及び|・)?支払"), re.compile(r"レセプト|診療報酬")),
)
"""What is handled in a business: 診療報酬明細書 is what 審査支払 examines."""


def fits(rule: Rule, draft: Draft, owners: Mapping[str, str]) -> bool:
    """Whether the movement meets every condition of the rule."""
    return (
        rule.data in (draft.matter or draft.data or "")
        and not (rule.by_way and _ASSORTED.search(draft.matter or draft.data or ""))
        and (not rule.form or (draft.source_kind is EndKind.PERSON and rule.form in draft.sentence))
        and (not rule.touches or _touched(rule.touches, draft))
        and (not rule.source or _leaves(rule, draft, owners))
        and (not rule.target or _reaches(rule, draft, owners))
        and (not rule.only or _elsewhere(rule.only, draft))
        and (not rule.business or _serves(rule.business, draft))
        and (not rule.like or _is_like(rule.like, draft))
        and (not rule.inquiry or is_inquiry(draft))
        and (not rule.persons or names_persons(draft))
        and not (rule.taken and _ANOTHERS.match(draft.target))
        and (not rule.entered or _is_entered(draft))
    )


def names_persons(draft: Draft) -> bool:
    """Whether what moves is the register of who the people are, not what is known of them."""
    return bool(_PERSONS.search(draft.matter or draft.data or ""))


def is_inquiry(draft: Draft) -> bool:
    """Whether what moves is a bare request for information."""
    return draft.word.endswith("照会") or bool(_INQUIRY.match(draft.data or "") and "照会" in draft.clause)


def belongs(name: str, body: str, owners: Mapping[str, str]) -> bool:
    """Whether ``name`` is the body, or something of the body's (市の窓口, or a system that it owns)."""
    name, body = plain_end(name), plain_end(body)
    return name.endswith(body) or owner_of(name, owners).endswith(body) or body.endswith("の" + name)


def owner_of(name: str, owners: Mapping[str, str]) -> str:
    """Return whose ``name`` is: 市区町村 of 市区町村の窓口端末, or who owns the system by another sentence."""
    return name.split("の", maxsplit=1)[0] if "の" in name else owners.get(plain_end(name), name)


def plain_end(name: str) -> str:
    """Return the form in which wordings of one end are equal: 宛名等システム and 宛名システム."""
    return _OF_MANY.sub("", folded(name))


def _touched(name: str, draft: Draft) -> bool:
    ends = ((draft.source, draft.source_kind), (draft.target, draft.target_kind))
    named = [folded(end) for end, kind in ends if kind is not EndKind.PERSON]
    part = not name.endswith(("システム", "サーバ", "サーバー", "端末"))
    return any(end.endswith(name) or (part and name in end) for end in named)


def _leaves(rule: Rule, draft: Draft, owners: Mapping[str, str]) -> bool:
    """Whether the movement starts at the rule's source; one matter may go by any of a body's things."""
    if belongs(draft.source, rule.source, owners):
        return True
    return bool(rule.like) and belongs(draft.source, owner_of(rule.source, owners), owners)


def _reaches(rule: Rule, draft: Draft, owners: Mapping[str, str]) -> bool:
    """Whether the movement runs to the rule's target from outside of it, or is made ready for it."""
    if rule.persons and re.search(rf"{re.escape(rule.target)}(?:へ|に)", draft.sentence):
        return True
    if rule.like and owner_of(draft.target, owners) == owner_of(rule.target, owners):
        return True
    if rule.source or rule.persons:
        return belongs(draft.target, rule.target, owners)
    inside = draft.source.split("の", maxsplit=1)[0] == rule.target.split("の", maxsplit=1)[0]
    return draft.target.endswith(rule.target) and not inside


def _elsewhere(name: str, draft: Draft) -> bool:
    systems = draft.source_kind is EndKind.SYSTEM and draft.target_kind is EndKind.SYSTEM
    return systems and not any(name in end or end in name for end in (draft.source, draft.target))


def _serves(business: str, draft: Draft) -> bool:
    words = draft.data or draft.clause
    if words.endswith("結果"):
        words = draft.sentence
    handled = (data for work, data in _OF_BUSINESS if work.search(business))
    return business in draft.heading or any(data.search(words) for data in handled)


def _is_like(matter: str, draft: Draft) -> bool:
    """Whether the data are a wording of ``matter``; of assorted things nothing is said."""
    said = draft.matter or draft.data or ""
    if _ASSORTED.search(said):
        return False
    return same_matter(matter, said) or (is_general(said) and matter in draft.heading)


def _is_entered(draft: Draft) -> bool:
    return draft.target_kind is EndKind.SYSTEM and draft.source_kind not in (EndKind.SYSTEM, EndKind.PERSON)
