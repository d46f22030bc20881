"""The surroundings of one form: the body, its business, the names of its systems, and the law of its day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.forms import words

if TYPE_CHECKING:
    from random import Random

    from tests.forms.words import Business

REFORM = "2024-05-27"
"""The day on which the tables of 番号法 were renumbered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Names that a form uses throughout; ``numbered`` are the systems of Ⅰ-2 in their order."""

    place: str
    office: str
    agency: str
    business: Business
    main: str
    numbered: tuple[str, ...]
    files: tuple[str, ...]
    address_book: str
    link: str
    server: str
    resident: str
    tax: str
    portal: str
    published: str | None
    printed: str
    linkage: str
    identity: str

    @property
    def numbering(self) -> str:
        """Tell which numbering of the tables held on the day of publication: ``new`` or ``old``."""
        return "new" if (self.published or REFORM) >= REFORM else "old"

    def version(self, form: str) -> str | None:
        """Return the version of the form in force, as the cover prints it in brackets."""
        day = self.published or ""
        month = "令和6年10月" if day >= "2024-10-01" else "平成31年2月" if day >= "2019-03-01" else "平成30年5月"
        number = {"全項目": 4, "重点項目": 3, "基礎項目": 2}[form]
        return f"{month} 様式{number}" if day else None


def draw_world(rng: Random, body: tuple[str, str] | None = None) -> World:
    """Return a body with a business and its systems; ``body`` is a place with its office, otherwise drawn too."""
    drawn = rng.choice(words.PLACES)
    place, office = body or drawn
    county = place.endswith("県")
    business = rng.choice(words.BUSINESSES[6:] if county else words.BUSINESSES[:6])
    address_book, server = rng.choice(words.ADDRESS_BOOKS), rng.choice(words.SERVERS)
    own = business.systems[: rng.randint(1, len(business.systems))]
    published, printed = _published(rng)
    return World(
        place=place,
        office=office,
        agency=place,
        business=business,
        main=own[0],
        numbered=(*own, address_book, server),
        files=business.files[: rng.choice((1, 1, 2, 3))],
        address_book=address_book,
        link=rng.choice(words.LINKS),
        server=server,
        resident=rng.choice(words.RESIDENT),
        tax=rng.choice(words.TAX),
        portal=rng.choice(words.PORTALS),
        published=published,
        printed=printed,
        linkage=rng.choices(("実施する", "実施しない", "未定"), (8, 1, 1))[0],
        identity="new" if (published or "") >= "2025-01-01" else "old",
    )


def _published(rng: Random) -> tuple[str | None, str]:
    if rng.random() < 0.1:
        return None, ""
    era, first, years = rng.choice((("平成", 1989, (29, 30)), ("令和", 2019, (2, 3, 4, 5, 6, 7, 7))))
    year, month, day = rng.choice(years), rng.randint(1, 12), rng.randint(1, 28)
    return f"{first + year - 1}-{month:02d}-{day:02d}", f"{era}{year}年{month}月{day}日"
