"""Answers one query from an open store: read it, ask the engine, write what it gives."""

from __future__ import annotations

from collections.abc import Sequence

from pyoxigraph import DefaultGraph, NamedNode, Quad, QueryBoolean, QuerySolutions, QueryTriples, Store

from viz.server.faults import point_out
from viz.server.formats import Offer
from viz.server.graphs import write_some
from viz.server.reading import Dataset, read_query
from viz.server.refusals import refuse
from viz.server.tables import write_boolean, write_rows
from viz.server.wire import Answer, Query


def answer(store: Store, query: Query) -> tuple[Answer, bytes]:
    """Return what ``query`` gives, written in the format that fits its kind; raises Refused."""
    reading = read_query(query.text)
    dataset = reading.dataset if query.default_graphs is None and query.named_graphs is None else _told(query)
    results = _ask(store, reading.text, dataset, merged=query.merged)
    if isinstance(results, QuerySolutions):
        media, form = _chosen(query.formats.select, "a table of solutions")
        written = write_rows(results, form, rows=query.rows, size=query.size)
        return Answer(kind="select", media=media, rows=written.rows, cut=written.cut), written.body
    if isinstance(results, QueryBoolean):
        media, form = _chosen(query.formats.ask, "yes or no")
        return Answer(kind="ask", media=media, rows=1, cut=False), write_boolean(bool(results), form)
    media, form = _chosen(query.formats.graph, "a graph")
    written = write_some(results, form, rows=query.rows, size=query.size)
    return Answer(kind="graph", media=media, rows=written.rows, cut=written.cut), written.body


def _told(query: Query) -> Dataset:
    return Dataset(default=query.default_graphs or (), named=query.named_graphs or ())


def _chosen(offer: Offer | None, what: str) -> Offer:
    if offer is None:
        raise refuse("format", f"the answer is {what}, which has none of the formats that were asked for")
    return offer


def _ask(
    store: Store, text: str, dataset: Dataset | None, *, merged: bool
) -> QuerySolutions | QueryBoolean | QueryTriples:
    try:
        if dataset is None:
            return store.query(text, use_default_graph_as_union=not merged)
        _expect_loaded(store, (*dataset.default, *dataset.named))
        if len(dataset.default) > 1:
            store = _merge(store, dataset)
            return store.query(text, default_graph=DefaultGraph(), named_graphs=[*map(NamedNode, dataset.named)])
        default = [*map(NamedNode, dataset.default)]
        return store.query(text, default_graph=[*default], named_graphs=[*map(NamedNode, dataset.named)])
    except SyntaxError as error:
        raise point_out(text, str(error)) from error


def _expect_loaded(store: Store, graphs: Sequence[str]) -> None:
    for name in graphs:
        try:
            known = store.contains_named_graph(NamedNode(name))
        except ValueError:
            known = False
        if not known:
            raise refuse(
                "dataset",
                f"no graph <{name}> is loaded, and none is fetched",
                todo="SELECT ?g WHERE { GRAPH ?g {} } lists the graphs",
            )


def _merge(store: Store, dataset: Dataset) -> Store:
    """Return a store in memory whose default graph is the merge of several: each statement once."""
    merged = Store()
    for name in dataset.default:
        quads = store.quads_for_pattern(None, None, None, NamedNode(name))
        merged.bulk_extend(Quad(quad.subject, quad.predicate, quad.object, DefaultGraph()) for quad in quads)
    for name in dataset.named:
        merged.bulk_extend(store.quads_for_pattern(None, None, None, NamedNode(name)))
    return merged
