"""The ontology and its companions at ``/ontology``: RDF, or a page of the terms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ontology import ONTOLOGY, turtle, turtle_names
from viz.server.formats import GRAPH, HTML
from viz.server.pages import Link, page, paragraph, table
from viz.server.refusals import refuse
from viz.server.requests import choose_for
from viz.server.responses import graph_response

_MAIN = "mynaflow"
_TOLD = ("rdf-schema#label", "core#definition", "ontology#formItem")


async def vocabulary(request: Request) -> Response:
    """Answer with the ontology, or with one of its companions by name."""
    name = request.path_params.get("name", _MAIN)
    if name not in turtle_names():
        raise refuse("unknown", f"there is no vocabulary {name}", todo=", ".join(turtle_names()))
    offer = choose_for(request, (*GRAPH, HTML))
    triples = [quad.triple for quad in parse(turtle(name), format=RdfFormat.TURTLE)]
    return _page(name, triples) if offer == HTML else graph_response(triples, offer)


def _page(name: str, triples: list[Triple]) -> Response:
    """Return a page of what the vocabulary says of terms; each of the ontology's own has an anchor by its name."""
    told: dict[str, list[Link]] = defaultdict(list)
    for triple in triples:
        subject, value = triple.subject, triple.object
        if isinstance(subject, NamedNode) and isinstance(value, Literal) and triple.predicate.value.endswith(_TOLD):
            told[subject.value].append(Link(text=value.value))
    rows = [(_term(iri), texts) for iri, texts in sorted(told.items())]
    return page("mynaflow オントロジー", paragraph(f"{name}.ttl", quiet=True), *_others(), table(rows))


def _term(iri: str) -> Link:
    return Link(
        text=iri.removeprefix(ONTOLOGY), anchor=iri.removeprefix(ONTOLOGY) if iri.startswith(ONTOLOGY) else None
    )


def _others() -> Iterator[str]:
    links = (Link(text=name, path=f"/ontology/{name}").html() for name in turtle_names())
    yield f"<p>{' · '.join(links)} · <a href='?accept=ttl'>Turtle</a></p>"


ROUTES = [Route("/ontology", vocabulary), Route("/ontology/{name}", vocabulary)]
