"""The mapping: every field of every fact has its row, every term is declared, every statement its evidence."""

from __future__ import annotations

import dataclasses
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse, serialize

from extract import facts as kinds
from extract.facts import Carries, Citation, EndKind, Fact, Facts, Flow, FlowKind, Mark
from graph.mapping import Mapped, map_document, term
from graph.rows import SHAPES
from ontology import NAMESPACES, turtle
from tests.factories import (
    COMPANY,
    TAX_FILE,
    make_connection,
    make_entrustment,
    make_evaluation,
    make_facts,
    make_flow,
    make_source,
    said,
)

TYPE = NamedNode(NAMESPACES["rdf"] + "type")
KINDS = [
    kind for kind in vars(kinds).values() if isinstance(kind, type) and issubclass(kind, Fact) and kind is not Fact
]
# Which end a movement has is told by the class of its node.
TOLD_OTHERWISE = {"evidence", "mark", "source_kind", "target_kind"}


def mapped(facts: Facts | None = None, text: str = "架空市の評価書", **options: object) -> Mapped:
    """Return the triples of ``facts`` as read from ``text``."""
    return map_document(facts or make_facts(), make_source(text=text), version="1", **options)


def said_of(document: Mapped, name: str) -> list[str]:
    """Return the values of a property, in the order of the triples."""
    return [triple.object.value for triple in document.triples if triple.predicate == term(name)]


def nodes_of(document: Mapped, cls: str) -> list[NamedNode]:
    """Return the nodes of a class."""
    return [one.subject for one in document.triples if one.predicate == TYPE and one.object == term(cls)]


def declared_terms() -> set[str]:
    """Return every IRI that the ontology and the concepts declare."""
    return {
        triple.subject.value
        for name in ("mynaflow", "concepts")
        for triple in parse(turtle(name), format=RdfFormat.TURTLE)
        if isinstance(triple.subject, NamedNode)
    }


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_field_of_every_fact_has_a_row(kind: type[Fact]) -> None:
    """A field that is added to a fact cannot be forgotten here."""
    paths = {row.path.split(".")[0] for row in SHAPES[kind].rows}
    fields = {field.name for field in dataclasses.fields(kind)} - TOLD_OTHERWISE
    assert fields <= paths


def test_the_facts_of_the_factory_hold_every_kind() -> None:
    """What is tested on them is tested on every kind of fact."""
    assert {type(fact) for fact in make_facts().each()} == set(KINDS)


def test_only_declared_terms_are_used() -> None:
    """Each class and property that a document's triples use stands in the ontology."""
    used = {triple.predicate.value for triple in mapped().triples}
    used |= {triple.object.value for triple in mapped().triples if triple.predicate == TYPE}
    foreign = (NAMESPACES["rdf"], NAMESPACES["rdfs"])
    assert {name for name in used if not name.startswith(foreign)} <= declared_terms()


def test_every_row_and_class_is_declared() -> None:
    """The table names no property or class that the ontology does not know, used here or not."""
    names = {row.term for shape in SHAPES.values() for row in shape.rows}
    names |= {name for shape in SHAPES.values() for name in (shape.cls, *shape.classes.values())}
    assert {term(name).value for name in names} <= declared_terms()


def test_every_statement_has_its_evidence() -> None:
    """One main evidence for each fact, with line, item and the exact quote."""
    document = mapped()
    subjects = {one.subject for one in document.triples if one.predicate == term("order")}
    main = Counter(one.subject for one in document.triples if one.predicate == term("mainEvidence"))
    assert len(subjects) == len(make_facts().each())
    assert main == Counter(dict.fromkeys(subjects, 1))
    quotes = [one.object.value for one in document.triples if one.predicate.value == NAMESPACES["oa"] + "exact"]
    assert {fact.evidence[0].quote for fact in make_facts().each()} <= set(quotes)


def test_the_same_facts_give_the_same_bytes() -> None:
    """Order included: nothing depends on hashes of the process."""
    one, other = (serialize(mapped().triples, format=RdfFormat.N_TRIPLES) for _ in range(2))
    assert one == other


def test_no_triple_twice() -> None:
    """The table and the derivations do not repeat each other."""
    triples = mapped().triples
    assert len(triples) == len(set(triples))


def test_no_time_of_day_in_the_graph() -> None:
    """When a document was read would make every run another graph."""
    datatypes = {one.object.datatype.value for one in mapped().triples if isinstance(one.object, Literal)}
    assert NAMESPACES["xsd"] + "dateTime" not in datatypes


def test_a_document_with_the_same_key_can_be_kept_apart() -> None:
    """The file's hash distinguishes it, and all that is its own moves with it."""
    plain, distinct = mapped(), mapped(distinct=True)
    assert plain.key == distinct.key == plain.graph.value
    assert distinct.graph.value == f"{plain.key}/{plain.sha256[:16]}"
    assert len(plain.triples) == len(distinct.triples)
    own = {one.subject.value for one in distinct.triples if one.predicate == term("order")}
    assert all(subject.startswith(distinct.graph.value) for subject in own)


def test_a_connection_is_no_flow() -> None:
    """A ticked box joins systems by connectedTo alone."""
    facts = make_facts(flows=(), connections=(make_connection("宛名システム等", Mark.YES),))
    document = mapped(facts)
    assert said_of(document, "connectedTo")
    assert not said_of(document, "flowsTo")
    assert not nodes_of(document, "DataFlow")


@pytest.mark.parametrize("state", [Mark.NO, Mark.UNCLEAR])
def test_a_box_that_is_not_ticked_joins_nothing(state: Mark) -> None:
    """Neither an empty box nor a lost mark is a connection."""
    facts = make_facts(connections=(make_connection("宛名システム等", state),))
    assert not said_of(mapped(facts), "connectedTo")


def test_marks_keep_state_basis_reason_and_what_speaks_against() -> None:
    """An auditor sees on what a state rests and what contradicts it."""
    document = mapped()
    against = [one for one in document.triples if one.predicate == term("contradictedBy")]
    assert len(against) == 1
    assert "印が読めない" in said_of(document, "why")
    assert NAMESPACES["concept"] + "basis-lost" in said_of(document, "basis")


def test_a_denied_flow_is_no_flow() -> None:
    """What the text denies draws no edge."""
    document = mapped(make_facts(flows=()))
    assert len(nodes_of(document, "DeniedFlow")) == 1
    assert not said_of(document, "flowsTo")


def test_a_flow_between_two_systems_is_a_system_flow() -> None:
    """The narrower class is told by the ends."""
    document = mapped()
    assert len(nodes_of(document, "SystemFlow")) == 1
    assert len(nodes_of(document, "DataFlow")) == len(make_facts().flows)


@pytest.mark.parametrize(
    ("kind", "cls"),
    [
        (FlowKind.ACQUISITION, "Acquisition"),
        (FlowKind.PROVISION, "Provision"),
        (FlowKind.TRANSFER, "InternalTransfer"),
        (FlowKind.ENTRUSTMENT, "Entrustment"),
        (FlowKind.RE_ENTRUSTMENT, "ReEntrustment"),
        (FlowKind.NARRATIVE, "NarrativeFlow"),
    ],
)
def test_each_kind_of_flow_has_its_class(kind: FlowKind, cls: str) -> None:
    """Where a movement is stated tells its class."""
    document = mapped(make_facts(flows=(make_flow("甲", "乙", kind=kind),)))
    assert len(nodes_of(document, cls)) == 1


def test_a_flow_points_to_the_record_that_states_it() -> None:
    """An entrustment's movement and its re-entrustment's belong to 委託事項1."""
    flows: tuple[Flow, ...] = tuple(
        make_flow("架空市", COMPANY, kind=kind, file=TAX_FILE, number=1)
        for kind in (FlowKind.ENTRUSTMENT, FlowKind.RE_ENTRUSTMENT)
    )
    document = mapped(make_facts(flows=flows, entrustments=(make_entrustment(1),)))
    assert said_of(document, "ofRecord") == [f"{document.graph.value}/entrustment/1"] * 2


def test_provisions_of_a_national_law_are_shared_and_of_an_ordinance_are_not() -> None:
    """第4条 of 「個人番号の利用に関する条例」 is another provision at each agency."""
    bases = tuple(Citation(law=law, article="4") for law in ("番号法", "個人番号の利用に関する条例"))
    found = [
        said_of(
            mapped(
                make_facts(evaluation=make_evaluation(agency=agency), flows=(make_flow("甲", "乙", legal_bases=bases),))
            ),
            "legalBasis",
        )
        for agency in ("架空市", "ためし町")
    ]
    assert found[0][0] == found[1][0]
    assert found[0][1] != found[1][1]


def test_a_printed_bucket_is_kept_and_understood() -> None:
    """The text stays as printed beside the concept that it names."""
    document = mapped()
    assert NAMESPACES["concept"] + "subjects-100000-1000000" in said_of(document, "subjectCount")
    assert "10万人以上100万人未満" in said_of(document, "subjectsText")


def test_an_unknown_bucket_stays_text() -> None:
    """A text that no option of the form has gives no concept."""
    document = mapped(
        make_facts(evaluation=make_evaluation(subjects="約12万人"), files=(), entrustments=(), handovers=())
    )
    assert said_of(document, "subjectsText") == ["約12万人"]
    assert not said_of(document, "subjectCount")


@pytest.mark.parametrize("day", ["2025-02-30", "20250401", "2025-W14-2", "令和7年4月1日"])
def test_an_impossible_date_stays_text(day: str) -> None:
    """A date that cannot be, or is written otherwise, is not called a date."""
    document = mapped(make_facts(evaluation=make_evaluation(published=day)))
    (published,) = (one.object for one in document.triples if one.predicate == term("published"))
    assert published == Literal(day)


UNTRUSTED = st.text(max_size=40) | st.sampled_from(
    [
        '"; DROP ALL #',
        "}}\n<urn:x> <urn:y> <urn:z>",
        "<script>alert(1)</script>",
        "\\u0022",
        "\ud800",
        "\x00\x07",
        "a\u2028b",
    ]
)


@given(UNTRUSTED, UNTRUSTED, UNTRUSTED)
def test_any_text_of_a_document_stays_text(name: str, quote: str, number: str) -> None:
    """Nothing that a document holds breaks a triple or adds one."""
    facts = make_facts(
        evaluation=make_evaluation(title=name, number=number, business=quote),
        flows=(make_flow(name, quote, quote=quote, carries=Carries.NONE, target_kind=EndKind.BODY),),
    )
    plain = len(
        mapped(make_facts(flows=(make_flow("甲", "乙", carries=Carries.NONE, target_kind=EndKind.BODY),))).triples
    )
    document = mapped(facts)
    assert abs(len(document.triples) - plain) < 25
    text = serialize(document.triples, format=RdfFormat.N_TRIPLES)
    assert text is not None
    assert [quad.triple for quad in parse(text, format=RdfFormat.N_TRIPLES)] == list(document.triples)


def test_an_empty_assessment_is_mapped() -> None:
    """Nothing but a cover without any value still gives a graph."""
    cover = make_evaluation(**dict.fromkeys(("number", "title", "form", "agency", "office", "business", "published")))
    document = mapped(Facts(evaluation=cover))
    assert Triple(document.graph, term("agencyName"), Literal("")) in document.triples
    assert document.key.endswith(document.sha256)


def test_evidence_that_two_statements_share_is_one_node() -> None:
    """The same words at the same place are described once."""
    words = said("甲から乙へ、乙から丙へ送る", line=9, start=900)
    facts = make_facts(flows=(make_flow("甲", "乙", evidence=words), make_flow("乙", "丙", evidence=words)))
    quotes = [one for one in mapped(facts).triples if one.object == Literal("甲から乙へ、乙から丙へ送る")]
    assert len(quotes) == 1


def test_evidence_tells_the_place_in_the_original() -> None:
    """Page and box of a PDF, sheet and cell of a spreadsheet."""
    (words,) = said("甲から乙へ送る")
    places = (
        dataclasses.replace(words, page=3, box=(10.5, 20, 30, 40.25)),
        dataclasses.replace(words, start=50, cell="様式4!B12", recognised=True),
    )
    document = mapped(make_facts(flows=tuple(make_flow("甲", "乙", evidence=(place,)) for place in places)))
    assert (said_of(document, "page"), said_of(document, "cell")) == (["3"], ["様式4!B12"])
    assert said_of(document, "box") == ["10.5 20 30 40.25"]
    assert said_of(document, "recognised") == ["true"]


def test_every_field_of_evidence_is_mapped() -> None:
    """What is known of the place of words reaches the graph."""
    fields = {field.name for field in dataclasses.fields(kinds.Evidence)}
    assert fields == {"item", "line", "quote", "start", "end", "page", "box", "cell", "recognised"}
