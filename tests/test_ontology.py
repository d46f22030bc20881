"""The vocabulary: every term labelled in two languages and defined, and only what OWL 2 RL allows."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from extract.facts import Basis, Carries, Certainty, FlowKind, Form, Mark, Usage
from graph.concepts import class_of, find_code, find_label
from ontology import CONCEPT, NAMESPACES, ONTOLOGY, namespaces, turtle, turtle_names

TYPE = NAMESPACES["rdf"] + "type"
OWL, RDFS, SKOS = (NAMESPACES[prefix] for prefix in ("owl", "rdfs", "skos"))


@cache
def triples(name: str) -> tuple[Triple, ...]:
    """Return the triples of one file."""
    return tuple(quad.triple for quad in parse(turtle(name), format=RdfFormat.TURTLE))


def own_terms(kind: str) -> list[str]:
    """Return the ontology's own terms of a kind (``Class``, ``ObjectProperty`` …)."""
    return [
        one.subject.value
        for one in triples("mynaflow")
        if one.predicate.value == TYPE and one.object.value == OWL + kind and one.subject.value.startswith(ONTOLOGY)
    ]


def languages(name: str, subject: str, predicate: str) -> list[str | None]:
    """Return the languages in which something is said of ``subject``."""
    return sorted(
        str(one.object.language)
        for one in triples(name)
        if one.subject.value == subject and one.predicate.value == predicate and isinstance(one.object, Literal)
    )


TERMS = [*own_terms("Class"), *own_terms("ObjectProperty"), *own_terms("DatatypeProperty")]


@pytest.mark.parametrize("name", turtle_names())
def test_every_file_is_turtle(name: str) -> None:
    """Each file parses and says something."""
    assert triples(name)


@pytest.mark.parametrize("iri", TERMS, ids=lambda iri: iri.removeprefix(ONTOLOGY))
def test_every_term_has_labels_and_definitions_in_both_languages(iri: str) -> None:
    """One label and one definition in Japanese and in English."""
    assert languages("mynaflow", iri, RDFS + "label") == ["en", "ja"]
    assert languages("mynaflow", iri, SKOS + "definition") == ["en", "ja"]


def test_every_file_that_is_referred_to_is_declared() -> None:
    """No domain, range or superclass is misspelt."""
    declared = {one.subject.value for one in triples("mynaflow") if one.predicate.value == TYPE}
    used = {
        one.object.value
        for one in triples("mynaflow")
        if one.predicate.value in {RDFS + "domain", RDFS + "range", RDFS + "subClassOf", RDFS + "subPropertyOf"}
    }
    assert {iri for iri in used if not iri.startswith(NAMESPACES["xsd"])} <= declared


def test_only_constructs_of_owl_2_rl() -> None:
    """No restriction, union or cardinality: what is said holds in a rule engine too."""
    used = {one.predicate.value for one in triples("mynaflow") if one.predicate.value.startswith(OWL)}
    assert used <= {OWL + name for name in ("members", "disjointWith", "versionInfo", "distinctMembers")}


def test_properties_have_no_datatype_that_owl_2_lacks() -> None:
    """xsd:date is no datatype of OWL 2; a range that names it would stop every reasoner."""
    ranges = {one.object.value for one in triples("mynaflow") if one.predicate.value == RDFS + "range"}
    assert NAMESPACES["xsd"] + "date" not in ranges


@pytest.mark.parametrize(
    ("scheme", "values"),
    [
        ("form", Form),
        ("mark", Mark),
        ("basis", Basis),
        ("carries", Carries),
        ("certainty", Certainty),
        ("flow", FlowKind),
        ("usage", Usage),
    ],
)
def test_every_value_of_a_fact_is_a_concept(scheme: str, values: type) -> None:
    """No state, kind or usage is lost on the way into the graph."""
    assert all(find_code(scheme, value.value) for value in values)


def test_concepts_have_labels_in_both_languages_a_scheme_and_one_notation() -> None:
    """A concept can be shown, found, and told from the others of its scheme."""
    said: dict[str, list[str]] = defaultdict(list)
    for one in triples("concepts"):
        if isinstance(one.subject, NamedNode):
            language = one.object.language if isinstance(one.object, Literal) else None
            said[one.subject.value].append(
                one.predicate.value.removeprefix(SKOS) + (f"@{language}" if language else "")
            )
    concepts = {iri: what for iri, what in said.items() if "inScheme" in what}
    assert len(concepts) > 100
    for what in concepts.values():
        assert [what.count(name) for name in ("prefLabel@ja", "prefLabel@en", "notation", "inScheme")] == [1, 1, 1, 1]


def test_buckets_follow_each_other_without_hole() -> None:
    """Each bucket's upper bound is a lower bound of another, or it has none."""
    bounds: dict[str, dict[str, int]] = defaultdict(dict)
    for one in triples("concepts"):
        name = one.predicate.value.removeprefix(ONTOLOGY)
        if name in {"minimum", "exclusiveMaximum"}:
            bounds[one.subject.value][name] = int(one.object.value)
    assert all(bucket["minimum"] < bucket.get("exclusiveMaximum", 10**12) for bucket in bounds.values())
    for iri, bucket in bounds.items():
        scheme = iri.removeprefix(CONCEPT).split("-")[0]
        starts = {one["minimum"] for other, one in bounds.items() if other.startswith(f"{CONCEPT}{scheme}-")}
        assert bucket.get("exclusiveMaximum", bucket["minimum"]) in starts, iri


def test_labels_of_the_form_are_found_in_any_width() -> None:
    """４情報 and 4情報（…） are one category, １万人 and 1万人 one bucket."""
    assert find_label("category", "４情報（氏名、性別、生年月日、住所）") == find_label("category", "基本4情報")
    assert find_label("subjects", "１万人以上 １０万人未満") is not None
    assert find_label("medium", "電子記録媒体(フラッシュメモリを除く。)") == find_code("medium", "recording-medium")
    assert find_label("subjects", "約1万人") is None


def test_kinds_of_systems_denote_classes_of_systems() -> None:
    """Each kind of system is a class below InformationSystem."""
    below = {
        one.subject.value for one in triples("mynaflow") if one.object == NamedNode(ONTOLOGY + "InformationSystem")
    }
    kinds = [one.subject for one in triples("concepts") if one.object == NamedNode(CONCEPT + "system")]
    classes = {class_of(kind) for kind in kinds if isinstance(kind, NamedNode)}
    assert {f"{ONTOLOGY}{name}" for name in classes} <= below | {ONTOLOGY + "InformationSystem"}


def test_namespaces_are_ones_own() -> None:
    """Changing what was given changes nothing here."""
    namespaces().clear()
    assert namespaces()["myna"] == ONTOLOGY


def test_no_such_file() -> None:
    """A name that is none is an error, also one that leads elsewhere."""
    for name in ("nothing", "../pyproject"):
        with pytest.raises(KeyError):
            turtle(name)
