"""The explorer's addresses: each endpoint gathers data, hands them to a page, and does nothing else."""

from __future__ import annotations

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from graph.texts import find_text
from ontology import CONCEPT
from viz.explorer import asked_routes, drawn_routes, files
from viz.explorer.asked_routes import all_questions
from viz.explorer.atlas import Atlas, DocumentEntry, Place, Thing
from viz.explorer.describe import Described
from viz.explorer.drawing import teller_of
from viz.explorer.keeper import keeper_of
from viz.explorer.language import Here
from viz.explorer.lists import LISTINGS
from viz.explorer.markup import Child, name, tag
from viz.explorer.pages.documents import Reading, document_page
from viz.explorer.pages.searching import search_page
from viz.explorer.pages.start import SHOWN, documents_table, start_page
from viz.explorer.pages.things import between_page, law_page, plain_page, provision_page, thing_page
from viz.explorer.parts import Stretch, document_link, shortened, statement_of
from viz.explorer.scope import scope_of
from viz.explorer.search import FEW, KINDS, PAGE, search, suggest
from viz.explorer.statements import Said
from viz.explorer.views import (
    LISTED,
    find_document,
    find_start,
    gather_between,
    gather_provision,
    gather_thing,
)
from viz.explorer.vocabulary import concept_label
from viz.explorer.web import here_of, html, json_response, page_or_problem
from viz.server.refusals import refuse

_ROWS = 1_000  # rows of an answer that a page shows
_ALL_ROWS = 100_000
_MENTIONS = 200
_OFFSET = 10_000_000
_CHOICES = 2_000


async def start(request: Request) -> Response:
    """Answer with the first page."""
    here, keeper = here_of(request), keeper_of(request)
    totals, documents = await keeper.read(lambda atlas: (atlas.totals(), atlas.documents(limit=SHOWN)))
    children = start_page(here, totals, documents, all_questions())
    return await html(request, here, here.say("はじめ", "Start"), children)


async def searched(request: Request) -> Response:
    """Search names, documents, laws and quotes."""
    here = here_of(request)
    asked, kind, offset = here.fields.one("q"), here.fields.one("kind"), _offset(here)
    limit = PAGE if kind in KINDS else FEW
    found = await keeper_of(request).read(lambda atlas: search(atlas, asked, kind, limit=limit, offset=offset))
    return await html(request, here, here.say("検索", "Search"), search_page(here, asked, kind, found, offset))


def _offset(here: Here) -> int:
    return here.fields.number("from", 0, 0, _OFFSET)


def _stretch(total: int, offset: int) -> Stretch:
    return Stretch(total=total, offset=offset, size=LISTED)


async def names(request: Request) -> Response:
    """Suggest names for what was typed so far, as JSON."""
    here = here_of(request)
    things = await keeper_of(request).read(lambda atlas: suggest(atlas, here.fields.one("q")))
    return json_response(
        [
            {"name": one.name, "id": here.short(one.key), "owner": "" if one.is_agency else one.owner_name}
            for one in things
        ]
    )


async def listed(request: Request) -> Response:
    """List the documents, flows, agencies, systems, companies or laws."""
    here = here_of(request)
    listing = LISTINGS.get(request.path_params["what"])
    if listing is None:
        raise refuse("unknown", f"there is no list {request.path_params['what']}", todo=", ".join(LISTINGS))
    title = here.say(listing.ja, listing.en)
    children = await keeper_of(request).read(lambda atlas: listing.show(atlas, here, title, _offset(here)))
    return await html(request, here, title, children)


async def thing(request: Request) -> Response:
    """Answer with the page of an end, a law, a provision, or whatever else an identifier stands for."""
    here, keeper = here_of(request), keeper_of(request)
    key = here.full(here.fields.one("id"))
    found = await keeper.read(lambda atlas: _found(atlas, here, key))
    if found is not None:
        title, children = found
        return await html(request, here, title, children)
    known = await keeper.read(lambda atlas: (atlas.thing(key), atlas.document_of(key)))
    if known[1]:
        return RedirectResponse(here.link("/document", [("id", here.short(key))]), status_code=303)
    if known[0]:
        return await _thing(request, here, known[0])
    return await _other(request, here, key)


def _found(atlas: Atlas, here: Here, key: str) -> tuple[str, list[Child]] | None:
    """Return title and contents of the page of a law or provision; None for anything else."""
    row = next(iter(atlas.rows("SELECT key, name, number, egov FROM law WHERE key = ?", key)), None)
    if row:
        return row["name"], law_page(here, tuple(row), atlas.provisions_of(key))
    provision = atlas.provision(key)
    if provision is None:
        return None
    cited = gather_provision(atlas, here, provision, _offset(here))
    places = [
        (here.say(*concept_label(f"{CONCEPT}usage-{usage}")), _place(here, document, place), place.quote)
        for usage, document, place in cited.places
    ]
    flows = [statement_of(here, cited.teller.tell(one)) for one in cited.flows]
    return provision.name, provision_page(here, provision, places, flows, _stretch(cited.total, _offset(here)))


def _place(here: Here, document: DocumentEntry, place: Place) -> Child:
    return [name(document.body), " ", document_link(here, document, place)]


async def _thing(request: Request, here: Here, found: Thing) -> Response:
    keeper, pool = keeper_of(request), request.app.state.pool
    gathered = await keeper.read(lambda atlas: gather_thing(atlas, here, found))
    said = await pool.call("viz.explorer.statements:mentions_of", {"key": found.key, "most": _MENTIONS})
    mentions = msgspec.convert(said, list[Said])
    graphs = {one.graph for one in mentions}
    documents = await keeper.read(lambda atlas: {one: atlas.document_of(one) for one in graphs})
    known = {graph: document for graph, document in documents.items() if document}
    children = thing_page(here, gathered.profile, gathered.teller, mentions, known)
    return await html(request, here, shortened(found.name), children)


async def _other(request: Request, here: Here, key: str) -> Response:
    """Show the statement that an identifier stands for, or what little is said of it."""
    said = await request.app.state.pool.call("viz.explorer.describe:describe", {"iri": key}) if key else None
    if said is None:
        raise refuse("unknown", f"no document speaks of {key or 'nothing'}", todo="search for its name")
    described = msgspec.convert(said, Described)
    if described.graph:
        pairs = [("id", here.short(described.graph)), ("s", str(described.order))]
        return RedirectResponse(here.link("/document", pairs, anchor="here"), status_code=303)
    return await html(request, here, here.short(key), plain_page(here, key, described))


async def between(request: Request) -> Response:
    """List every statement from one end to another."""
    here, keeper = here_of(request), keeper_of(request)
    scope = scope_of(here.fields)
    ends = (here.full(here.fields.one("source")), here.full(here.fields.one("target")))

    def gather(atlas: Atlas) -> list[Child] | None:
        things = atlas.things(ends)
        if any(end not in things for end in ends):
            return None
        statements, total = gather_between(atlas, ends, scope, _offset(here))
        teller = teller_of(atlas, statements, here)
        told = [statement_of(here, teller.tell(one)) for one in statements]
        return between_page(here, things[ends[0]], things[ends[1]], told, _stretch(total, _offset(here)))

    children = await keeper.read(gather)
    if children is None:
        raise refuse("unknown", "no document speaks of one of these ends", todo="search for its name")
    return await html(request, here, here.say("記載の一覧", "Statements"), children)


async def document(request: Request) -> Response:
    """Answer with a document and its statements."""
    here, keeper = here_of(request), keeper_of(request)
    found = await keeper.read(lambda atlas: find_document(atlas, here))
    if not found:
        wanted = here.fields.one("id") or here.fields.one("file")
        raise refuse(
            "unknown", f"no document {wanted or 'without a name'} is loaded", todo="search for its title or agency"
        )
    if len(found) > 1:
        words = here.say("この名前のファイルは複数あります。", "Several files have this name.")
        return await html(request, here, words, [tag("h1", words), documents_table(here, found)])
    (entry,) = found
    said = await request.app.state.pool.call("viz.explorer.statements:statements_of", {"graph": entry.graph})
    statements = msgspec.convert(said, list[Said])
    at = here.fields.number("at", -1, 0, 10**9)
    if at < 0 and here.fields.one("line"):
        at = await keeper.read(lambda atlas: find_start(atlas, here, entry))
    text = await run_in_threadpool(find_text, request.app.state.settings.store, entry.sha256)
    reading = Reading(document=entry, text=text, statements=statements, chosen=_chosen(here, statements, at))
    return await html(request, here, shortened(entry.label), document_page(here, reading), scripts=("document",))


def _chosen(here: Here, statements: list[Said], at: int) -> int | None:
    """Return which statement is open: that of the number, or the first that stands at the offset."""
    order = here.fields.number("s", 0, 0, 10**9)
    wanted = [number for number, one in enumerate(statements) if order and one.order == order]
    wanted += [number for number, one in enumerate(statements) if one.spots and one.spots[0].start == at]
    wanted += [number for number, one in enumerate(statements) if any(spot.start == at for spot in one.spots)]
    return next(iter(wanted), None)


_PAGES = (
    ("/", start),
    ("/search", searched),
    ("/names.json", names),
    ("/list/{what}", listed),
    ("/thing", thing),
    ("/between", between),
    ("/document", document),
)

ROUTES: list[BaseRoute] = [
    *(Route(path, page_or_problem(endpoint), name=endpoint.__name__) for path, endpoint in _PAGES),
    *asked_routes.ROUTES,
    *drawn_routes.ROUTES,
    *files.ROUTES,
]
"""What the explorer answers."""
