"""The lists behind the figures of the first page, each shown page by page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from viz.explorer.atlas import Atlas
from viz.explorer.drawing import teller_of
from viz.explorer.language import Here
from viz.explorer.markup import Child
from viz.explorer.pages.start import documents_page, flows_page, laws_page, things_page
from viz.explorer.parts import Stretch, statement_of
from viz.explorer.scope import scope_of
from viz.explorer.views import LISTED, gather_laws, gather_list

Show = Callable[[Atlas, Here, str, int], list[Child]]


@dataclass(frozen=True, slots=True)
class Listing:
    """What a list is called, and how a page of it is gathered, from the open index and an offset."""

    ja: str
    en: str
    show: Show


def _stretch(total: int, offset: int) -> Stretch:
    return Stretch(total=total, offset=offset, size=LISTED)


def _documents(atlas: Atlas, here: Here, title: str, offset: int) -> list[Child]:
    found = atlas.documents(limit=LISTED, offset=offset)
    return documents_page(here, title, found, _stretch(atlas.totals().get("documents", 0), offset))


def _flows(atlas: Atlas, here: Here, title: str, offset: int) -> list[Child]:
    """Show the movements that the fields of the address let through, as a graph would."""
    condition, values = scope_of(here.fields).condition()
    found = atlas.statements(condition, *values, limit=LISTED, offset=offset)
    total = atlas.value(f"SELECT COUNT(*) FROM edge WHERE {condition}", *values)  # noqa: S608 -- values are bound
    teller = teller_of(atlas, found, here)
    return flows_page(here, title, [statement_of(here, teller.tell(one)) for one in found], _stretch(total, offset))


def _laws(atlas: Atlas, here: Here, title: str, offset: int) -> list[Child]:
    found, total = gather_laws(atlas, offset)
    return laws_page(here, title, found, _stretch(total, offset))


def _things(what: str) -> Show:
    def show(atlas: Atlas, here: Here, title: str, offset: int) -> list[Child]:
        found, total = gather_list(atlas, what, offset)
        return things_page(here, title, found, _stretch(total, offset))

    return show


LISTINGS: Mapping[str, Listing] = MappingProxyType(
    {
        "documents": Listing("文書", "Documents", _documents),
        "agencies": Listing("評価実施機関", "Agencies", _things("agencies")),
        "systems": Listing("システム", "Systems", _things("systems")),
        "companies": Listing("委託を受ける会社など", "Entrusted companies and bodies", _things("companies")),
        "flows": Listing("流れ", "Flows", _flows),
        "laws": Listing("法令", "Laws", _laws),
    }
)
"""The lists by their names in addresses."""
