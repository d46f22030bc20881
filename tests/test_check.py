"""The checks: planted contradictions are found and named, sound graphs pass, a missing reasoner is told."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Triple

from extract.facts import Change, EndKind, Facts, Mark
from graph.check import Fault, Severity, check_document, check_together
from graph.mapping import Mapped, map_document, term
from graph.store import GraphStore, create_store, memory_store
from ontology import CONCEPT, NAMESPACES, turtle_names
from ontology.clashes import Cause, explain, schema_triples
from ontology.reasoning import Verdict, find_java, reason
from tests.factories import make_connection, make_evaluation, make_facts, make_flow, make_source, said
from viz.cli import main

TYPE = NamedNode(NAMESPACES["rdf"] + "type")
needs_java = pytest.mark.skipif(find_java() is None, reason="HermiT needs Java")


def mapped(facts: Facts | None = None) -> Mapped:
    """Return the triples of a document."""
    return map_document(facts or make_facts(), make_source(), version="1")


def node(document: Mapped, cls: str) -> NamedNode:
    """Return the first node of a class."""
    return next(one.subject for one in document.triples if (one.predicate, one.object) == (TYPE, term(cls)))


def store_with(document: Mapped, *more: Triple, without: Sequence[str] = ()) -> GraphStore:
    """Return a store with the document, some triples added, and some properties of everything taken out."""
    store = memory_store()
    store.replace(document)
    store.engine.extend([Quad(*triple, document.graph) for triple in more])
    for name in without:
        for quad in list(store.engine.quads_for_pattern(None, term(name), None, document.graph)):
            store.engine.remove(quad)
    return store


def faults_of(store: GraphStore, severity: Severity) -> list[Fault]:
    """Return the faults of that severity in the only document."""
    (document,) = store.documents()
    return [fault for fault in check_document(store, document) if fault.severity is severity]


def concept(name: str) -> NamedNode:
    """Return a concept."""
    return NamedNode(CONCEPT + name)


class TestShapes:
    """What SHACL finds in one document."""

    def test_a_sound_graph_has_no_violation(self) -> None:
        """Neither the facts of every kind nor an empty assessment violate a shape."""
        assert faults_of(store_with(mapped()), Severity.VIOLATION) == []
        bare = make_evaluation(
            **dict.fromkeys(("number", "title", "form", "agency", "office", "business", "published", "form_version"))
        )
        assert faults_of(store_with(mapped(Facts(evaluation=bare))), Severity.VIOLATION) == []

    def test_a_mark_both_yes_and_no(self) -> None:
        """The box is named with its document, form item, line and quote."""
        document = mapped()
        box = node(document, "CategoryMark")
        found = faults_of(store_with(document, Triple(box, term("state"), concept("mark-no"))), Severity.VIOLATION)
        (fault,) = (one for one in found if one.by == "shapes")
        assert (fault.document, fault.form_item, fault.line, fault.quote) == (
            "架空市_税.txt",
            "II-2.④",
            31,
            "[○] 個人番号",
        )
        assert "枠の状態" in fault.ja
        assert {(one.by, one.line) for one in found} == {("shapes", 31), ("reasoner", 31)}

    def test_an_agency_that_is_a_system(self) -> None:
        """The fault names the statement that first speaks of the agency."""
        document = mapped()
        agency = node(document, "Agency")
        found = faults_of(store_with(document, Triple(agency, TYPE, term("TaxSystem"))), Severity.VIOLATION)
        assert {fault.by for fault in found} == {"shapes", "reasoner"}
        assert {fault.line for fault in found} == {1}
        assert {fault.node for fault in found} == {agency.value}

    def test_a_flow_without_evidence(self) -> None:
        """Each flow that lost its evidence is a violation."""
        document = mapped()
        store = store_with(document)
        flow = node(document, "NarrativeFlow")
        for name in ("mainEvidence", "evidence"):
            for quad in list(store.engine.quads_for_pattern(flow, term(name), None, document.graph)):
                store.engine.remove(quad)
        found = faults_of(store, Severity.VIOLATION)
        assert {fault.node for fault in found} == {flow.value}
        assert any("根拠のない流れ" in fault.ja for fault in found)

    @pytest.mark.parametrize(
        ("name", "words"),
        [
            ("line", "its line"),
            ("item", "form item"),
            ("source", "one source"),
            ("carries", "carries"),
            ("basis", "basis"),
        ],
    )
    def test_what_a_statement_must_have(self, name: str, words: str) -> None:
        """Taking a required property away is found."""
        found = faults_of(store_with(mapped(), without=[name]), Severity.VIOLATION)
        assert any(words in fault.en for fault in found)

    @pytest.mark.parametrize("line", [Literal("0", datatype=NamedNode(NAMESPACES["xsd"] + "integer")), Literal("x")])
    def test_a_line_that_cannot_be(self, line: Literal) -> None:
        """A line is a whole number from 1."""
        document = mapped()
        evidence = node(document, "Evidence")
        store = store_with(document)
        for quad in list(store.engine.quads_for_pattern(evidence, term("line"), None, document.graph)):
            store.engine.remove(quad)
        store.engine.add(Quad(evidence, term("line"), line, document.graph))
        assert any("its line" in fault.en for fault in faults_of(store, Severity.VIOLATION))

    def test_a_connection_that_is_a_flow(self) -> None:
        """A ticked box is no movement of data."""
        document = mapped()
        box = node(document, "SystemConnection")
        found = faults_of(store_with(document, Triple(box, TYPE, term("DataFlow"))), Severity.VIOLATION)
        assert any("box of the grid" in fault.en for fault in found)

    def test_a_document_that_contradicts_itself_is_warned_of(self) -> None:
        """A box twice, a movement stated and denied, a count that is not met, a change in the future."""
        change = Change(
            evidence=said("令和10年", line=90),
            date="2028-01-01",
            item="Ⅰ",
            before="甲",
            after="乙",
            timing="事前",
            reason=None,
        )
        facts = make_facts(
            connections=(
                make_connection("宛名システム等", Mark.YES, 21),
                make_connection("宛名システム等", Mark.NO, 29),
            ),
            flows=(make_flow("架空税務システム", "中間サーバー", 60),),
            changes=(change,),
        )
        found = {
            (fault.line, fault.en.split(",")[0]) for fault in faults_of(store_with(mapped(facts)), Severity.WARNING)
        }
        assert (21, "the same connection of the same system is ticked in one place and empty in another") in found
        assert (60, "the same document states and denies this movement") in found
        assert (82, "the declared count differs from what was found") in found
        assert (90, "a date of change after the day of publication") in found
        assert (32, "other words of the document speak against this box") in found

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"agency": None, "office": None}, "agency"),
            ({"published": None}, "no date"),
            ({"published": "2025-02-30"}, "no calendar"),
            ({"form": None}, "form"),
        ],
    )
    def test_a_cover_that_lacks_something_is_warned_of(self, changes: dict[str, object], words: str) -> None:
        """What identifies an assessment should be there."""
        found = faults_of(store_with(mapped(make_facts(evaluation=make_evaluation(**changes)))), Severity.WARNING)
        assert any(words in fault.en for fault in found)

    def test_unclear_marks_are_for_information(self) -> None:
        """They are no fault of anybody."""
        found = faults_of(store_with(mapped()), Severity.INFO)
        assert any(fault.line == 22 and "unclear" in fault.en for fault in found)


class TestExplanations:
    """What excludes what, without a reasoner."""

    def test_nothing_in_a_sound_document(self) -> None:
        """A document of every kind of fact holds no clash."""
        assert explain(mapped().triples) == []

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Agency", "TaxSystem"),
            ("DataFlow", "SystemConnection"),
            ("FullEvaluation", "BasicEvaluation"),
            ("Law", "Gap"),
        ],
    )
    def test_two_classes_that_share_nothing(self, one: str, other: str) -> None:
        """Also where it is the classes above them that are disjoint."""
        thing = NamedNode("https://example.org/x")
        found = explain([Triple(thing, TYPE, term(one)), Triple(thing, TYPE, term(other))])
        assert found
        assert {clash.cause for clash in found} == {Cause.DISJOINT}
        assert all(len(clash.triples) == 2 for clash in found)

    def test_a_class_by_the_range_of_a_property(self) -> None:
        """What a file is said of is a file, and no system."""
        thing, mark = NamedNode("https://example.org/x"), NamedNode("https://example.org/m")
        found = explain([Triple(mark, term("file"), thing), Triple(thing, TYPE, term("InformationSystem"))])
        assert [clash.node for clash in found] == [str(thing)]

    def test_one_value_that_is_two(self) -> None:
        """A state is one of three that differ; the same value twice is one."""
        box = NamedNode("https://example.org/b")
        yes, no = (Triple(box, term("state"), concept(f"mark-{state}")) for state in ("yes", "no"))
        assert [clash.cause for clash in explain([yes, no])] == [Cause.FUNCTIONAL]
        assert explain([yes, yes]) == []

    def test_two_names_may_be_one_thing(self) -> None:
        """Two values that nothing says to differ do not exclude each other."""
        box = NamedNode("https://example.org/b")
        values = [NamedNode("https://example.org/1"), NamedNode("https://example.org/2")]
        assert explain([Triple(box, term("state"), value) for value in values]) == []


@needs_java
class TestReasoner:
    """What HermiT says."""

    def test_the_ontology_and_its_alignments_are_consistent(self) -> None:
        """No class is empty by definition, with all alignments loaded at once."""
        files = [name for name in turtle_names() if name != "shapes"]
        answer = reason(schema_triples(*files))
        assert (answer.verdict, answer.empty_classes) == (Verdict.CONSISTENT, ())

    def test_a_class_that_can_have_no_member_is_named(self) -> None:
        """Consistent, and yet something is wrong."""
        cls = NamedNode("https://example.org/Impossible")
        below = NamedNode(NAMESPACES["rdfs"] + "subClassOf")
        axioms = [Triple(cls, TYPE, NamedNode(NAMESPACES["owl"] + "Class"))]
        axioms += [Triple(cls, below, term(name)) for name in ("Agency", "InformationSystem")]
        answer = reason([*schema_triples(), *axioms])
        assert answer.verdict is Verdict.CONSISTENT
        assert answer.empty_classes == (cls.value,)

    def test_documents_are_consistent_with_the_ontology(self) -> None:
        """Two agencies that name each other, and every kind of fact."""
        store = store_with(mapped())
        other = make_facts(
            evaluation=make_evaluation(agency="ためし町", number="8"),
            flows=(make_flow("架空市", "ためし町", target_kind=EndKind.BODY),),
        )
        store.replace(map_document(other, make_source("b.txt", "b"), version="1"))
        sample = check_together(store, store.documents())
        assert (sample.documents, sample.reasoned.verdict) == (2, Verdict.CONSISTENT)

    @pytest.mark.parametrize(
        ("said_more", "line"),
        [
            (lambda document: Triple(node(document, "Agency"), TYPE, term("Place")), 1),
            (lambda document: Triple(node(document, "SystemConnection"), term("state"), concept("mark-yes")), 20),
            (lambda document: Triple(node(document, "NarrativeFlow"), TYPE, term("Change")), 60),
        ],
        ids=["agency and place", "yes and no", "flow and change"],
    )
    def test_planted_contradictions_are_found_and_explained(self, said_more: object, line: int) -> None:
        """Inconsistent, and the statement that makes it so is named."""
        document = mapped()
        store = store_with(document, said_more(document))  # type: ignore[operator]  # one of the functions above
        sample = check_together(store, store.documents())
        assert sample.reasoned.verdict is Verdict.INCONSISTENT
        assert {fault.line for fault in sample.faults} == {line}

    def test_names_that_are_not_ascii_stay_apart(self) -> None:
        """架空市 as an agency and 架空所 as a place are two things."""
        things = [NamedNode(f"https://example.org/架空{letter}") for letter in "市所"]
        triples = [Triple(thing, TYPE, term(cls)) for thing, cls in zip(things, ("Agency", "Place"), strict=True)]
        assert reason([*schema_triples(), *triples]).verdict is Verdict.CONSISTENT

    def test_a_reasoner_that_takes_too_long_is_stopped(self) -> None:
        """Neither yes nor no, and it says why."""
        answer = reason(schema_triples(), seconds=0.001)
        assert answer.verdict is Verdict.NOT_RUN
        assert "stopped" in answer.why


class TestWithoutReasoner:
    """What is said where Java is missing or fails."""

    def test_no_java(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        """A missing Java is not a contradiction, and no silence."""
        monkeypatch.setenv("PATH", str(tmp_path))
        monkeypatch.delenv("JAVA_HOME", raising=False)
        answer = reason(schema_triples())
        assert answer.verdict is Verdict.NOT_RUN
        assert "Java was not found" in answer.why

    @pytest.mark.parametrize(("script", "words"), [("exit 3", "failed (3)"), ("echo boom >&2; exit 1", "boom")])
    def test_a_java_that_fails(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, script: str, words: str) -> None:
        """The first words of its error are passed on, and it is no contradiction either."""
        program = tmp_path / "bin" / "java"
        program.parent.mkdir()
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        monkeypatch.setenv("JAVA_HOME", str(tmp_path))
        answer = reason(schema_triples())
        assert answer.verdict is Verdict.NOT_RUN
        assert words in answer.why


class TestCommand:
    """mynaflow check."""

    @pytest.fixture
    def path(self, tmp_path: Path) -> Path:
        """Return a store with one sound document."""
        store = create_store(tmp_path / "s")
        store.replace(mapped())
        return tmp_path / "s"

    def plant(self, path: Path) -> None:
        """Let the first box be ticked and empty."""
        store = create_store(path)
        document = mapped()
        state = Quad(node(document, "SystemConnection"), term("state"), concept("mark-yes"), document.graph)
        store.engine.add(state)

    def test_a_sound_store(self, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Exit code 0, and it says what was checked."""
        assert main(["check", "--store", str(path), "--no-reasoner", "--format", "json"]) == 0
        printed = capsys.readouterr()
        assert all(row["severity"] == "warning" for row in json.loads(printed.out))
        assert "violation 0" in printed.err
        assert "left out" in printed.err

    def test_a_violation(self, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Exit code 1, and the statement with its place."""
        self.plant(path)
        assert (
            main(["check", "--store", str(path), "--no-reasoner", "--severity", "violation", "--format", "json"]) == 1
        )
        found = json.loads(capsys.readouterr().out)
        assert {(row["document"], row["line"]) for row in found} == {("架空市_税.txt", 20)}

    @needs_java
    def test_the_reasoner_has_its_say(self, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Consistent before, inconsistent after."""
        assert main(["check", "--store", str(path)]) == 0
        assert "consistent" in capsys.readouterr().err
        self.plant(path)
        assert main(["check", "--store", str(path)]) == 1
        assert "inconsistent" in capsys.readouterr().err

    def test_java_is_missing(
        self, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """The check is incomplete and says so; leaving the reasoner out on purpose is not a failure."""
        monkeypatch.setenv("PATH", str(tmp_path))
        monkeypatch.delenv("JAVA_HOME", raising=False)
        assert main(["check", "--store", str(path)]) == 1
        printed = capsys.readouterr().err
        assert "not run" in printed
        assert "Java was not found" in printed
        assert main(["check", "--store", str(path), "--no-reasoner"]) == 0

    def test_one_document(self, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """By the name of its file; an unknown one is told."""
        assert main(["check", "--store", str(path), "--no-reasoner", "--document", "架空市_税.txt"]) == 0
        assert main(["check", "--store", str(path), "--no-reasoner", "--document", "x.txt"]) == 2
        assert "to do:" in capsys.readouterr().err
