"""Composes the narrative parts of a form out of sentences whose movements are known."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zlib import crc32

from tests.forms import sentences, words
from tests.forms.truth import Denial, Move, Prose

if TYPE_CHECKING:
    from random import Random

    from tests.forms.world import World

NETWORK = "情報提供ネットワークシステム"


def join_prose(parts: list[Prose], mark: str = "\n") -> Prose:
    """Return the texts one after another, with everything that they state.

    >>> join_prose([Prose(text="甲。"), Prose(text="乙。")], "").text
    '甲。乙。'
    """
    return Prose(
        text=mark.join(part.text for part in parts),
        moves=tuple(move for part in parts for move in part.moves),
        denials=tuple(denial for part in parts for denial in part.denials),
    )


def data_between(world: World, source: str, target: str) -> tuple[str, str]:
    """Return what moves between two ends and what it carries: the same throughout a form, so that it is coherent."""
    kinds = world.business.data
    if NETWORK in (source, target):
        kinds = (("機関別符号", "symbol"), ("照会の回答に当たる情報", "unclear"))
    return kinds[crc32(f"{world.place}{source}{target}".encode()) % len(kinds)]


def draw_move(rng: Random, world: World, source: str, target: str) -> Prose:
    """Return one sentence in which data moves from ``source`` to ``target``."""
    data, carries = data_between(world, source, target)
    via: str | None = None
    form = rng.random()
    if form < 0.15:
        via, template = rng.choice((world.link, "専用線")), rng.choice(sentences.MOVES_VIA)
    elif form < 0.25:
        via, template = rng.choice(sentences.MEDIA), rng.choice(sentences.MEDIUM_MOVES)
    else:
        template = rng.choice(sentences.MOVES)
    text = template.format(a=source, b=target, d=data, v=via)
    return _stated(text, Move(source=source, target=target, data=data, quote=text, via=via, carries=carries))


def draw_inquiry(rng: Random, world: World, source: str, target: str) -> Prose:
    """Return a sentence in which ``target`` asks and ``source`` answers; the request itself is a lesser movement."""
    data, carries = data_between(world, source, target)
    text = rng.choice(sentences.INQUIRIES).format(a=source, b=target, d=data)
    answer = Move(source=source, target=target, data=data, quote=text, carries=carries)
    request = Move(source=target, target=source, data="照会の要求", quote=text, certain=False)
    return Prose(text=text, moves=(answer, request))


def draw_numberless(rng: Random, world: World) -> Prose:
    """Return a movement and a second sentence that says it goes without the individual number."""
    source, target, data = world.main, "帳票出力システム", "印字に用いる情報"
    first = rng.choice(sentences.MOVES).format(a=source, b=target, d=data)
    second = rng.choice(sentences.NUMBERLESS).format(a=source, b=target)
    return _stated(first + second, Move(source=source, target=target, data=data, quote=first, carries="none"))


def draw_denial(rng: Random, world: World) -> Prose:
    """Return a sentence that denies a movement."""
    source, target = rng.choice(
        ((world.main, "インターネット"), (world.main, NETWORK), (world.server, "インターネット"), (world.main, "端末"))
    )
    text = rng.choice(sentences.DENIALS).format(a=source, b=target)
    return Prose(text=text, denials=(Denial(source=source, target=target, quote=text),))


def draw_person(rng: Random, world: World) -> Prose:
    """Return a sentence in which a person's application is entered into the main system, and what it implies."""
    data, carries = rng.choice(world.business.data)
    person = world.business.person
    text = rng.choice(sentences.PERSON).format(p=person, s=world.main, d=data)
    ends = [(person, world.main), (person, world.agency), (world.agency, world.main)]
    if "窓口" in text:
        ends += [(person, "窓口"), ("窓口", world.main)]
    implied = (Move(source=a, target=b, data=data, quote=text, carries=carries, certain=False) for a, b in ends)
    return _stated(text, *implied)


def _stated(text: str, *moves: Move) -> Prose:
    return Prose(text=text, moves=moves)


def _routes(world: World) -> tuple[tuple[str, str], ...]:
    """Return the pairs between which data may move in this form."""
    outside = world.business.outside
    return (
        (world.resident, world.main),
        (world.tax, world.main),
        (world.main, world.address_book),
        (world.address_book, world.server),
        (world.server, NETWORK),
        (NETWORK, world.server),
        (world.portal, world.main),
        (outside[0], world.main),
        (world.main, outside[-1]),
        (world.server, world.main),
    )


def draw_sentence(rng: Random, world: World, system: str | None = None) -> Prose:
    """Return one sentence of a narrative, about ``system`` where it is given."""
    kind = rng.random()
    if kind < 0.35:
        return Prose(text=rng.choice(sentences.FILLERS))
    routes = [route for route in _routes(world) if system is None or system in route] or list(_routes(world))
    source, target = rng.choice(routes)
    if kind < 0.45 and NETWORK not in (source, target):
        return draw_inquiry(rng, world, source, target)
    if kind < 0.52 and system in (None, world.main):
        return draw_numberless(rng, world)
    return draw_move(rng, world, source, target)


def draw_function(rng: Random, world: World, system: str) -> Prose:
    """Return ②システムの機能: numbered functions with a sentence or two each."""
    parts: list[Prose] = []
    for number, title in enumerate(rng.sample(sentences.FUNCTIONS, rng.randint(3, 7)), 1):
        parts.append(Prose(text=f"{number}. {title}"))
        parts.append(_bulleted(join_prose([draw_sentence(rng, world, system) for _ in range(rng.randint(1, 3))], "")))
    return join_prose(parts)


def draw_content(rng: Random, world: World) -> Prose:
    """Return ②事務の内容: what the business is, then its steps."""
    business = world.business
    opening = f"{business.law}に基づき、{business.people}について、届出の受付、審査、決定及び通知を行う。"
    parts = [Prose(text=opening), Prose(text="特定個人情報は次の事務で取り扱う。")]
    parts.append(_bulleted(draw_person(rng, world)))
    parts += [_bulleted(draw_sentence(rng, world)) for _ in range(rng.randint(3, 6))]
    return join_prose(parts)


def draw_annex(rng: Random, world: World) -> Prose:
    """Return (別添1) 事務の内容: numbered steps of data moving."""
    steps = [draw_move(rng, world, *rng.choice(_routes(world))) for _ in range(rng.randint(3, 6))]
    numbered = [_prefixed(f"1-{'①②③④⑤⑥'[at]}", step) for at, step in enumerate(steps)]
    return join_prose([Prose(text="(1)情報の流れ"), *numbered])


def draw_timing(rng: Random, world: World) -> Prose:
    """Return ③入手の時期・頻度."""
    parts = [
        _bulleted(Prose(text=f"{world.business.person}の届出：届出のあるつど")),
        _bulleted(draw_move(rng, world, world.resident, world.main)),
    ]
    if rng.random() < 0.5:
        parts.append(_bulleted(draw_move(rng, world, world.business.outside[0], world.main)))
    return join_prose(parts)


def draw_method(rng: Random, world: World) -> Prose:
    """Return ⑧使用方法."""
    return join_prose([_bulleted(draw_sentence(rng, world, world.main)) for _ in range(rng.randint(1, 3))])


def draw_measure(rng: Random, world: World) -> Prose:
    """Return the measures against one risk, sometimes with a denied movement."""
    parts = [Prose(text="・" + text) for text in rng.sample(sentences.MEASURES, rng.randint(2, 4))]
    if rng.random() < 0.5:
        parts.append(_bulleted(draw_denial(rng, world)))
    return join_prose(parts)


def draw_storage(rng: Random, world: World) -> tuple[Prose, tuple[str, ...]]:
    """Return ①保管場所 and the sites that it names."""
    parts: list[Prose] = []
    sites: list[str] = []
    for (heading, sentence), choices in zip(sentences.STORAGE, sentences.SITES, strict=True):
        site = rng.choice(choices)
        sites.append(site)
        parts += [Prose(text=heading.format(agency=world.place)), Prose(text=sentence.format(site=site))]
    return join_prose(parts), tuple(sites)


def draw_subject(rng: Random, world: World) -> tuple[str, str]:
    """Return a 委託事項 and its ①委託内容."""
    subject, content = rng.choice(words.SUBJECTS)
    return subject.format(system=world.main), content.format(system=world.main)


def _bulleted(prose: Prose) -> Prose:
    return _prefixed("・", prose)


def _prefixed(mark: str, prose: Prose) -> Prose:
    return Prose(text=mark + prose.text, moves=prose.moves, denials=prose.denials)
