"""The mapping as a table: for each kind of fact its class, and for each of its fields the property and the term.

Nothing here is computed. ``graph.mapping`` applies the rows; a test checks that every field of every fact has
its row and that every term stands in the ontology.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from extract import facts
from extract.facts import EndKind, FlowKind, Form
from graph import terms
from graph.terms import Encode


@dataclass(frozen=True, slots=True)
class Row:
    """The value at ``path`` in the fact goes to the ``term`` of the ontology as ``encode`` gives it."""

    path: str
    term: str
    encode: Encode


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How one kind of fact becomes a node.

    ``segment`` names it in the IRI, ``cls`` is its class; where the value of the field ``by`` tells a
    narrower class, ``classes`` has it.
    """

    segment: str
    cls: str
    rows: tuple[Row, ...]
    by: str | None = None
    classes: Mapping[object, str] = field(default_factory=dict)


_FILE = Row("file", "file", terms.own(EndKind.FILE))
_NUMBER = Row("number", "number", terms.integer)
_MARK = (
    Row("mark.state", "state", terms.code("mark")),
    Row("mark.basis", "basis", terms.code("basis")),
    Row("mark.why", "why", terms.text),
    Row("mark.against", "contradictedBy", terms.evidences),
)
_ENDS = (
    Row("source", "source", terms.end(EndKind.UNKNOWN)),
    Row("source", "sourceText", terms.text),
    Row("target", "target", terms.end(EndKind.UNKNOWN)),
    Row("target", "targetText", terms.text),
)

SHAPES: Mapping[type[facts.Fact], Shape] = MappingProxyType(
    {
        facts.Evaluation: Shape(
            segment="evaluation",
            cls="Evaluation",
            by="form",
            classes={
                Form.FULL: "FullEvaluation",
                Form.FOCUSED: "FocusedEvaluation",
                Form.BASIC: "BasicEvaluation",
            },
            rows=(
                Row("number", "evaluationNumber", terms.text),
                Row("title", "title", terms.text),
                Row("form", "form", terms.code("form")),
                Row("agency", "agency", terms.agency),
                Row("office", "office", terms.text),
                Row("business", "business", terms.business),
                Row("published", "published", terms.day),
                Row("form_version", "formVersion", terms.text),
                Row("subjects", "subjectsText", terms.text),
                Row("subjects", "subjectCount", terms.label("subjects")),
                Row("remarks", "remarks", terms.text),
            ),
        ),
        facts.Department: Shape(
            segment="department",
            cls="DepartmentEntry",
            rows=(
                Row("name", "name", terms.text),
                Row("name", "describes", terms.own(EndKind.DEPARTMENT)),
                Row("head", "head", terms.text),
            ),
        ),
        facts.OtherAgency: Shape(
            segment="other-agency",
            cls="OtherAgencyEntry",
            rows=(Row("name", "name", terms.text), Row("name", "describes", terms.end(EndKind.BODY))),
        ),
        facts.Alias: Shape(
            segment="alias",
            cls="Alias",
            rows=(Row("short", "short", terms.text), Row("full", "full", terms.text)),
        ),
        facts.System: Shape(
            segment="system",
            cls="SystemEntry",
            rows=(
                _NUMBER,
                Row("name", "name", terms.text),
                Row("name", "describes", terms.own(EndKind.SYSTEM)),
                Row("aliases", "alias", terms.texts),
                Row("kind", "systemKindText", terms.text),
                Row("kind", "systemKind", terms.code("system")),
                Row("function", "function", terms.text),
                Row("note", "note", terms.text),
            ),
        ),
        facts.Connection: Shape(
            segment="connection",
            cls="SystemConnection",
            rows=(
                Row("system", "connects", terms.own(EndKind.SYSTEM)),
                Row("system", "connectsText", terms.text),
                Row("target", "connectsTo", terms.end(EndKind.SYSTEM)),
                Row("target", "connectsToText", terms.text),
                Row("other", "other", terms.flag),
                *_MARK,
            ),
        ),
        facts.File: Shape(
            segment="file",
            cls="FileEntry",
            rows=(
                Row("name", "name", terms.text),
                Row("name", "describes", terms.own(EndKind.FILE)),
                Row("kind", "fileKindText", terms.text),
                Row("kind", "fileKind", terms.label("file")),
                Row("subjects", "subjectsText", terms.text),
                Row("subjects", "subjectCount", terms.label("subjects")),
                Row("scope", "scope", terms.text),
                Row("items", "itemsText", terms.text),
                Row("items", "itemCount", terms.label("items")),
                Row("since", "since", terms.text),
                Row("department", "departmentText", terms.text),
                Row("department", "department", terms.end(EndKind.DEPARTMENT)),
                Row("retention", "retentionText", terms.text),
                Row("retention", "retention", terms.label("retention")),
                Row("use_since", "useSince", terms.text),
                Row("purpose", "purpose", terms.text),
            ),
        ),
        facts.CategoryMark: Shape(
            segment="category",
            cls="CategoryMark",
            rows=(
                _FILE,
                Row("category", "categoryText", terms.text),
                Row("category", "category", terms.label("category")),
                *_MARK,
            ),
        ),
        facts.SourceMark: Shape(
            segment="source",
            cls="SourceMark",
            rows=(
                _FILE,
                Row("kind", "sourceKindText", terms.text),
                Row("kind", "sourceKind", terms.label("source")),
                Row("names", "namedSourceText", terms.texts),
                Row("names", "namedSource", terms.end(EndKind.BODY)),
                *_MARK,
            ),
        ),
        facts.MediumMark: Shape(
            segment="medium",
            cls="MediumMark",
            rows=(
                _FILE,
                Row("of", "recordKind", terms.code("flow")),
                _NUMBER,
                Row("medium", "mediumText", terms.text),
                Row("medium", "medium", terms.label("medium")),
                Row("detail", "detail", terms.text),
                *_MARK,
            ),
        ),
        facts.Use: Shape(
            segment="use",
            cls="Use",
            rows=(
                _FILE,
                Row("departments", "usedByText", terms.texts),
                Row("departments", "usedBy", terms.end(EndKind.DEPARTMENT)),
                Row("users", "userCountText", terms.text),
                Row("users", "userCount", terms.label("users")),
                Row("method", "method", terms.text),
                Row("matching", "matching", terms.text),
            ),
        ),
        facts.Entrustment: Shape(
            segment="entrustment",
            cls="EntrustmentRecord",
            rows=(
                _FILE,
                _NUMBER,
                Row("subject", "subject", terms.text),
                Row("content", "content", terms.text),
                Row("scope", "scopeText", terms.text),
                Row("subjects", "subjectsText", terms.text),
                Row("subjects", "subjectCount", terms.label("subjects")),
                Row("headcount", "userCountText", terms.text),
                Row("headcount", "userCount", terms.label("users")),
                Row("confirmation", "confirmation", terms.text),
                Row("entrustee", "entrusteeRaw", terms.text),
                Row("entrustees", "entrusteeText", terms.texts),
                Row("entrustees", "entrustee", terms.end(EndKind.BODY)),
                Row("re_entrusted", "reEntrusted", terms.code("mark")),
                Row("sub_entrustees", "subEntrusteeText", terms.texts),
                Row("sub_entrustees", "subEntrustee", terms.end(EndKind.BODY)),
                Row("permission", "permission", terms.text),
                Row("re_entrusted_matter", "reEntrustedMatter", terms.text),
            ),
        ),
        facts.Handover: Shape(
            segment="handover",
            cls="HandoverRecord",
            by="kind",
            classes={FlowKind.PROVISION: "ProvisionRecord", FlowKind.TRANSFER: "TransferRecord"},
            rows=(
                _FILE,
                Row("kind", "recordKind", terms.code("flow")),
                _NUMBER,
                Row("row", "listRow", terms.text),
                Row("recipient", "recipientText", terms.text),
                Row("recipients", "recipient", terms.end(EndKind.BODY)),
                Row("legal_basis", "legalBasisText", terms.text),
                Row("purpose", "purpose", terms.text),
                Row("data", "data", terms.text),
                Row("subjects", "subjectsText", terms.text),
                Row("subjects", "subjectCount", terms.label("subjects")),
                Row("scope", "scope", terms.text),
                Row("frequency", "frequency", terms.text),
            ),
        ),
        facts.Storage: Shape(
            segment="storage",
            cls="StorageRecord",
            rows=(
                _FILE,
                Row("site", "siteText", terms.text),
                Row("site", "site", terms.end(EndKind.PLACE)),
                Row("retention", "retentionText", terms.text),
                Row("retention", "retention", terms.label("retention")),
                Row("deletion", "deletion", terms.text),
            ),
        ),
        facts.LegalBasis: Shape(
            segment="legal-basis",
            cls="LegalBasisCitation",
            rows=(
                Row("usage", "usage", terms.code("usage")),
                Row("citation", "provision", terms.provisions),
                _FILE,
            ),
        ),
        facts.Flow: Shape(
            segment="flow",
            cls="DataFlow",
            by="kind",
            classes={
                FlowKind.ACQUISITION: "Acquisition",
                FlowKind.PROVISION: "Provision",
                FlowKind.TRANSFER: "InternalTransfer",
                FlowKind.ENTRUSTMENT: "Entrustment",
                FlowKind.RE_ENTRUSTMENT: "ReEntrustment",
                FlowKind.NARRATIVE: "NarrativeFlow",
            },
            rows=(
                Row("kind", "flowKind", terms.code("flow")),
                *_ENDS,
                Row("data", "data", terms.text),
                Row("via", "viaText", terms.text),
                Row("via", "via", terms.end(EndKind.UNKNOWN)),
                Row("medium", "mediumText", terms.text),
                Row("medium", "medium", terms.label("medium")),
                Row("carries", "carries", terms.code("carries")),
                Row("carries_why", "carriesWhy", terms.text),
                Row("certainty", "certainty", terms.code("certainty")),
                _FILE,
                _NUMBER,
                Row("frequency", "frequency", terms.text),
                Row("legal_bases", "legalBasis", terms.provisions),
            ),
        ),
        facts.DeniedFlow: Shape(
            segment="denied-flow",
            cls="DeniedFlow",
            rows=(*_ENDS, Row("why", "why", terms.text)),
        ),
        facts.Change: Shape(
            segment="change",
            cls="Change",
            rows=(
                Row("date", "changeDate", terms.day),
                Row("item", "changeItem", terms.text),
                Row("before", "before", terms.text),
                Row("after", "after", terms.text),
                Row("timing", "timing", terms.text),
                Row("reason", "reason", terms.text),
            ),
        ),
        facts.Incident: Shape(
            segment="incident",
            cls="Incident",
            rows=(Row("occurred", "occurred", terms.text), Row("content", "content", terms.text)),
        ),
        facts.Declared: Shape(
            segment="declared",
            cls="DeclaredCount",
            rows=(
                _FILE,
                Row("what", "flowKind", terms.code("flow")),
                Row("count", "declaredCount", terms.integer),
                Row("found", "foundCount", terms.integer),
                *_MARK,
            ),
        ),
        facts.Gap: Shape(
            segment="gap",
            cls="Gap",
            rows=(Row("kind", "gapKind", terms.code("gap")), Row("what", "what", terms.text)),
        ),
    }
)
"""The shape of every kind of fact."""
