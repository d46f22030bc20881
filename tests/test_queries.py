"""The questions: their headers, their columns, their answers over invented assessments, and what cannot get in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.errors import UnknownName
from extract.facts import Carries, Change, Citation, EndKind, Facts, FlowKind, Form, LegalBasis, Mark, System, Usage
from graph.mapping import map_document
from graph.store import GraphStore, memory_store
from queries.catalog import COMMON, Value, ask, find_question, parse_question, question_names
from tests.factories import (
    COMPANY,
    TAX_FILE,
    TAX_SYSTEM,
    make_connection,
    make_entrustment,
    make_evaluation,
    make_facts,
    make_flow,
    make_handover,
    make_source,
    read,
    said,
)

CONTRACT = {
    "evaluations": "number title form agency office business published form_version",
    "systems": "no system aliases kind",
    "connections": "system target other state",
    "files": "file kind subjects scope items since department retention",
    "file-categories": "file category state",
    "acquisitions": "file source_kind source state",
    "acquisition-methods": "file medium detail state",
    "entrustments": "file no subject content entrustee entrustee_raw headcount scope re_entrusted sub_entrustee permission "
    "re_entrusted_matter",
    "entrustment-methods": "file no medium detail state",
    "provisions": "file no recipient legal_basis purpose data medium frequency",
    "transfers": "file no recipient legal_basis purpose data medium frequency",
    "legal-bases": "usage law article paragraph item table table_item",
    "storage": "file site retention deletion",
    "flows": "kind source target data via carries certainty medium",
    "changes": "date item before after timing reason",
    "incidents": "occurred content",
    "gaps": "what",
}
"""The columns on which others rely, besides document, line and quote."""

Rows = list[dict[str, Value]]


def store_of(*documents: tuple[str, Facts]) -> GraphStore:
    """Return a store with these documents by name."""
    store = memory_store()
    for name, facts in documents:
        store.replace(map_document(facts, make_source(name, name), version="1"))
    return store


def rows(store: GraphStore, name: str, **values: str) -> Rows:
    """Return the answer to a question."""
    return list(ask(store, find_question(name), values).objects())


def column(found: Iterable[dict[str, Value]], name: str) -> list[Value]:
    """Return one column of an answer."""
    return [row[name] for row in found]


@pytest.fixture(scope="module")
def store() -> GraphStore:
    """Return a store with 架空市's assessment alone."""
    return store_of(("a.txt", make_facts()))


@pytest.mark.parametrize("name", question_names())
class TestEveryQuestion:
    """What holds for each of them."""

    def test_the_header_is_in_two_languages(self, name: str) -> None:
        """Title and purpose in Japanese and in English."""
        question = find_question(name)
        for ja, en in ((question.ja, question.en), (question.about_ja, question.about_en)):
            assert re.search("[ぁ-んァ-ヶ一-龠]", ja)
            assert re.fullmatch("[ -~]+", en)

    def test_the_columns_are_those_of_the_query(self, name: str, store: GraphStore) -> None:
        """The header promises what the query gives, in its order."""
        question = find_question(name)
        variables = [variable.value for variable in store.select(question.query).variables]
        assert [one.name for one in question.columns] == variables

    def test_cells_are_of_the_type_that_the_header_promises(self, name: str, store: GraphStore) -> None:
        """Numbers are numbers, and a cell without value is None."""
        question = find_question(name)
        types = {"integer": int, "boolean": bool, "text": str, "date": str}
        for row in ask(store, question).rows:
            for cell, promised in zip(row, question.columns, strict=True):
                assert cell is None or type(cell) is types[promised.type], promised

    def test_every_quoted_row_says_where(self, name: str, store: GraphStore) -> None:
        """Document, form item, line and exact words stand together."""
        names = {one.name for one in find_question(name).columns}
        assert "document" in names
        if "quote" in names:
            assert {"form_item", "line"} <= names
            for row in rows(store, name):
                assert all(row[cell] is not None for cell in ("document", "form_item", "line", "quote"))

    def test_it_can_be_asked_of_one_document_or_agency(self, name: str, store: GraphStore) -> None:
        """The common parameters narrow the answer to what they name."""
        everything = rows(store, name)
        assert rows(store, name, document="a.txt", agency="架空市") == everything
        assert rows(store, name, document="b.txt") == []
        assert rows(store, name, agency="ためし町") == []

    def test_parameters_are_bound_where_the_query_has_its_place(self, name: str) -> None:
        """There is one place for them, and every parameter is a variable of the query."""
        question = find_question(name)
        assert question.query.count("# parameters\n") == 1
        for parameter in question.parameters:
            assert f"?{parameter.variable}" in question.query.split("# parameters\n")[1]

    def test_the_same_order_every_time(self, name: str, store: GraphStore) -> None:
        """Answers can be compared."""
        assert ask(store, find_question(name)) == ask(store, find_question(name))


@pytest.mark.parametrize(("name", "columns"), CONTRACT.items())
def test_the_columns_on_which_others_rely(name: str, columns: str) -> None:
    """Names and columns of the measured questions are fixed."""
    names = {one.name for one in find_question(name).columns}
    assert {*columns.split(), "document", "line", "quote"} <= names


def test_each_question_of_the_contract_finds_what_the_facts_hold(store: GraphStore) -> None:
    """One row for each fact, or for each name where a row is a name."""
    counts = {name: len(rows(store, name)) for name in CONTRACT}
    facts = make_facts()
    assert counts == {
        "evaluations": 1,
        "systems": len(facts.systems),
        "connections": len(facts.connections),
        "files": len(facts.files),
        "file-categories": len(facts.categories),
        "acquisitions": 3,
        "acquisition-methods": 1,
        "entrustments": 3,
        "entrustment-methods": 1,
        "provisions": 1,
        "transfers": 1,
        "legal-bases": len(facts.legal_bases),
        "storage": 1,
        "flows": len(facts.flows),
        "changes": 1,
        "incidents": 1,
        "gaps": 1,
    }


def test_rows_tell_the_page_or_cell_of_the_original() -> None:
    """A file that is no text has another place than a line."""
    (words,) = said("甲から乙へ送る")
    flows = tuple(
        make_flow("甲", "乙", evidence=(replace(words, **place),))
        for place in ({"page": 3}, {"cell": "A!B1", "start": 9})
    )
    assert column(rows(store_of(("a.pdf", make_facts(flows=flows))), "flows"), "place") == ["3", "A!B1"]


def test_evaluations(store: GraphStore) -> None:
    """The cover as plain values."""
    (row,) = rows(store, "evaluations")
    assert row["form"] == "全項目"
    assert row["agency"] == "架空市"
    assert row["office"] == "架空市長"
    assert row["published"] == "2025-04-01"


def test_an_assessment_that_says_nothing_is_still_listed() -> None:
    """A cover without any value is one row of nulls."""
    empty = dict.fromkeys(("number", "title", "form", "agency", "office", "business", "published", "form_version"))
    (row,) = rows(store_of(("a.txt", Facts(evaluation=make_evaluation(**empty)))), "evaluations")
    assert {row[name] for name in empty} == {None}


def test_systems_come_in_the_order_of_the_text_with_their_aliases(store: GraphStore) -> None:
    """A system that only the text names has no number."""
    found = rows(store, "systems")
    assert column(found, "no") == [1, 2, None]
    assert found[0]["aliases"] == "税システム|課税システム" or found[0]["aliases"] == "課税システム|税システム"


def test_connections_tell_yes_no_and_unclear(store: GraphStore) -> None:
    """Three states, and whether the name stands in その他（…）."""
    found = rows(store, "connections")
    assert column(found, "state") == ["no", "yes", "unclear"]
    assert column(found, "other") == [False, False, True]


def test_acquisitions_have_a_row_for_each_name_and_one_for_none(store: GraphStore) -> None:
    """An empty parenthesis is a row without source."""
    assert column(rows(store, "acquisitions"), "source") == ["国税庁", "日本年金機構", None]


def test_entrustments_have_a_row_for_each_sub_entrustee(store: GraphStore) -> None:
    """One row without sub-entrustee where there is none."""
    found = rows(store, "entrustments")
    assert column(found, "no") == [1, 2, 2]
    assert set(column(found, "sub_entrustee")) == {None, "(株)見本情報", "ためし運輸株式会社"}
    assert column(found, "re_entrusted") == ["no", "yes", "yes"]


def test_an_entrustment_of_which_nothing_is_read_is_one_row() -> None:
    """Unread values are null and do not multiply rows."""
    bare = make_entrustment(
        re_entrusted=None, entrustees=(), entrustee=None, subject=None, content=None, headcount=None, scope=None
    )
    (row,) = rows(store_of(("a.txt", make_facts(entrustments=(bare,)))), "entrustments")
    assert row["re_entrusted"] is None


def test_provisions_name_their_ticked_media(store: GraphStore) -> None:
    """The boxes of 提供先1 that are ticked, joined."""
    assert column(rows(store, "provisions"), "medium") == ["情報提供ネットワークシステム"]


def test_legal_bases_leave_out_what_is_not_printed(store: GraphStore) -> None:
    """No 項 is invented where the text has none."""
    found = rows(store, "legal-bases")[1]
    assert (found["law"], found["article"], found["paragraph"], found["item"]) == ("番号法", "19", None, "8")


def test_two_documents_of_one_agency_do_not_mix() -> None:
    """Systems are shared in the graph; what is said of them is not."""
    other = make_facts(
        evaluation=make_evaluation(number="8"),
        systems=(System(evidence=said("税システム"), number=1, name=TAX_SYSTEM, aliases=("新税",), kind="tax"),),
    )
    both = store_of(("a.txt", make_facts()), ("b.txt", other))
    assert column(rows(both, "systems", document="b.txt"), "aliases") == ["新税"]
    assert len(rows(both, "connections")) == 2 * len(make_facts().connections)


def neighbour(**changes: object) -> Facts:
    """Return the facts of another agency, ためし町, that says nothing but what is given."""
    cover = make_evaluation(agency="ためし町", office="ためし町長", number="3", form=Form.BASIC)
    return replace(Facts(evaluation=cover), **changes)


def test_companies_are_counted_by_agencies() -> None:
    """The same company under two spellings at two agencies; a generic name counts nowhere."""
    entrusted = (make_entrustment(entrustees=("㈱見本情報", "委託先業者")),)
    found = rows(store_of(("a.txt", make_facts()), ("b.txt", neighbour(entrustments=entrusted))), "companies")
    top = [row for row in found if row["agencies"] == 2]
    assert {(row["agency"], row["role"]) for row in top} == {
        ("架空市", "entrustee"),
        ("架空市", "sub-entrustee"),
        ("ためし町", "entrustee"),
    }
    assert found[: len(top)] == top
    assert "委託先業者" not in column(found, "company")


def test_companies_at_many_agencies_only() -> None:
    """The parameter is a number, and compared as one."""
    both = store_of(("a.txt", make_facts()), ("b.txt", neighbour(entrustments=(make_entrustment(),))))
    assert set(column(rows(both, "companies", least="2"), "agencies")) == {2}
    assert rows(both, "companies", least="10") == []


def test_sub_entrustees_show_unclear_ones_too(store: GraphStore) -> None:
    """What cannot be told is listed beside what is re-entrusted."""
    unclear = make_facts(entrustments=(make_entrustment(re_entrusted=Mark.UNCLEAR),))
    assert column(rows(store_of(("a.txt", unclear)), "sub-entrustees"), "re_entrusted") == ["unclear"]
    assert set(column(rows(store, "sub-entrustees"), "no")) == {2}


def test_flows_without_basis() -> None:
    """提供先 without a printed basis; other kinds on request."""
    facts = make_facts(
        handovers=(
            make_handover(FlowKind.PROVISION, 1, legal_basis=None),
            make_handover(FlowKind.TRANSFER, 1, legal_basis=""),
            make_handover(FlowKind.PROVISION, 2),
        )
    )
    found = store_of(("a.txt", facts))
    assert column(rows(found, "flows-without-basis"), "kind") == ["provision", "transfer"]
    assert column(rows(found, "flows-without-basis", only="narrative"), "kind") == ["narrative"]


@pytest.mark.parametrize(
    ("published", "law", "parts", "usage", "finding"),
    [
        ("2024-05-26", "番号法", {"table": "別表第一", "table_item": "30"}, Usage.NUMBER_USE, None),
        ("2024-05-27", "番号法", {"table": "別表第一", "table_item": "30"}, Usage.NUMBER_USE, "outdated"),
        ("2024-05-27", "番号法", {"table": "別表第二", "table_item": "42"}, Usage.INQUIRY, "outdated"),
        ("2024-05-27", "番号法", {"table": "別表", "table_item": "44"}, Usage.NUMBER_USE, None),
        ("2024-05-26", "番号法", {"table": "別表", "table_item": "44"}, Usage.NUMBER_USE, "early"),
        (None, "番号法", {"table": "別表第一"}, Usage.NUMBER_USE, "unclear"),
        ("2021-08-31", "番号法", {"article": "19", "item": "7"}, Usage.INQUIRY, None),
        ("2021-09-01", "番号法", {"article": "19", "item": "7"}, Usage.INQUIRY, "outdated"),
        ("2021-09-01", "番号法", {"article": "19", "item": "7"}, Usage.OTHER, None),
        ("2021-09-01", "番号法", {"article": "19", "item": "8"}, Usage.INQUIRY, None),
        ("2025-01-01", "架空市税条例", {"table": "別表第一"}, Usage.NUMBER_USE, None),
    ],
)
def test_outdated_numbering(
    published: str | None, law: str, parts: dict[str, str], usage: Usage, finding: str | None
) -> None:
    """A citation is judged by the day of publication; without it, by nothing."""
    basis = LegalBasis(evidence=said("根拠"), usage=usage, citation=Citation(law=law, **parts))
    facts = make_facts(evaluation=make_evaluation(published=published), legal_bases=(basis,))
    found = rows(store_of(("a.txt", facts)), "outdated-numbering")
    assert column(found, "finding") == ([finding] if finding else [])


def test_declared_and_missing(store: GraphStore) -> None:
    """Three entrustments declared and two found, and an annex that is not there."""
    found = rows(store, "declared-and-missing")
    assert (found[0]["declared"], found[0]["found"]) == (3, 2)
    assert found[1]["kind"] == "annex"


def test_unreadable_and_contradicted_marks(store: GraphStore) -> None:
    """The lost mark with its reason; the empty box with the words against it."""
    (lost,) = rows(store, "unreadable-marks")
    assert (lost["box"], lost["of"], lost["label"]) == ("connection", TAX_SYSTEM, "収納消込システム")
    (doubt,) = rows(store, "contradicted-marks")
    assert (doubt["label"], doubt["state"], doubt["against_line"]) == ("災害関係情報", "no", 33)


def test_replaced_systems_and_companies() -> None:
    """A new entrustee, a new system's name; not a sentence about measures."""

    def change(item: str, before: str, after: str) -> Change:
        return Change(
            evidence=said(item), date="2025-01-01", item=item, before=before, after=after, timing="事後", reason=None
        )

    facts = make_facts(
        changes=(
            change("Ⅱ4 委託事項1 ⑥委託先名", "甲社", "乙社"),
            change("Ⅰ2 システム1 ①システムの名称", "旧税システム", "新税システム"),
            change("Ⅲ リスク対策", "甲", "乙"),
            change("Ⅱ4 委託事項1 ⑥委託先名", "長" * 200, "乙社"),
        )
    )
    found = rows(store_of(("a.txt", facts)), "replaced")
    assert column(found, "about") == ["entrustee", "system"]


def test_reach_network_shows_the_steps_and_stops_at_the_network() -> None:
    """税システム to 中間サーバー to the network; what comes out of the network is no step to it."""
    facts = make_facts(
        systems=(),
        connections=(make_connection("中間サーバー", Mark.YES),),
        flows=(
            make_flow(
                "中間サーバー", "情報提供ネットワークシステム", source_kind=EndKind.SYSTEM, target_kind=EndKind.SYSTEM
            ),
            make_flow("情報提供ネットワークシステム", "別のシステム", target_kind=EndKind.SYSTEM),
            make_flow("無関係システム", "別のシステム", source_kind=EndKind.SYSTEM),
        ),
    )
    found = rows(store_of(("a.txt", facts)), "reach-network")
    assert [(row["source"], row["target"], row["kind"]) for row in found] == [
        (TAX_SYSTEM, "中間サーバー", "connection"),
        ("中間サーバー", "情報提供ネットワークシステム", "flow"),
    ]


def test_one_sided_movements_need_both_agencies() -> None:
    """架空市 says that it gives to ためし町; ためし町's assessment says nothing of it, until it does."""
    gives = make_facts(
        handovers=(),
        sources=(),
        flows=(make_flow("架空市", "ためし町", kind=FlowKind.PROVISION, target_kind=EndKind.BODY),),
    )
    assert rows(store_of(("a.txt", gives)), "one-sided") == []
    silent = store_of(("a.txt", gives), ("b.txt", neighbour()))
    (row,) = rows(silent, "one-sided")
    assert (row["said_by"], row["silent"], row["document"]) == ("架空市", "ためし町", "a.txt")
    gets = neighbour(flows=(make_flow("架空市", "ためし町", source_kind=EndKind.BODY),))
    assert rows(store_of(("a.txt", gives), ("b.txt", gets)), "one-sided") == []


def test_one_sided_movements_know_the_head_of_an_agency() -> None:
    """「ためし町長」 is ためし町, and who says 「他の市町村」 has named 架空市 too."""
    gives = make_facts(
        handovers=(),
        sources=(),
        flows=(make_flow("架空市", "ためし町長", kind=FlowKind.PROVISION, target_kind=EndKind.BODY),),
    )
    (row,) = rows(store_of(("a.txt", gives), ("b.txt", neighbour())), "one-sided")
    assert (row["said_by"], row["silent"], row["target"]) == ("架空市", "ためし町", "ためし町長")
    generally = neighbour(flows=(make_flow("他の市町村", "ためし町", source_kind=EndKind.BODY),))
    institution = neighbour(flows=(make_flow("地方公共団体情報システム機構", "ためし町", source_kind=EndKind.BODY),))
    assert rows(store_of(("a.txt", gives), ("b.txt", generally)), "one-sided") == []
    assert len(rows(store_of(("a.txt", gives), ("b.txt", institution)), "one-sided")) == 1


def test_flows_of_a_business_are_found_by_a_word_of_it(store: GraphStore) -> None:
    """The word is looked for in the business and the title, and is no pattern."""
    found = rows(store, "flows-of-business", word="市民税")
    assert len(found) == len(make_facts().flows)
    assert "番号法第19条第8号" in column(found, "legal_bases")
    assert rows(store, "flows-of-business", word="児童手当") == []
    assert rows(store, "flows-of-business", word=".*") == []


def test_what_a_flow_carries_is_told(store: GraphStore) -> None:
    """Number, symbol and unclear are told apart."""
    assert column(rows(store, "flows"), "carries") == [Carries.NUMBER, Carries.NUMBER, Carries.UNCLEAR, Carries.SYMBOL]


def test_an_unknown_question_suggests_near_ones() -> None:
    """A slip of the finger is recognised."""
    with pytest.raises(UnknownName) as caught:
        find_question("sytems")
    assert "systems" in caught.value.todo
    with pytest.raises(UnknownName):
        find_question("../catalog")


def test_an_unknown_parameter_is_told(store: GraphStore) -> None:
    """The error names those there are."""
    with pytest.raises(UnknownName) as caught:
        rows(store, "companies", leest="2")
    assert "least" in caught.value.todo


@pytest.mark.parametrize("value", ["", "two", "-1", "1.5", "1 2", "999999999999", "٣"])
def test_a_number_must_be_one(store: GraphStore, value: str) -> None:
    """A parameter that is a number takes nothing else."""
    with pytest.raises(UnknownName, match="whole number"):
        rows(store, "companies", least=value)


@given(
    st.text(max_size=30)
    | st.sampled_from(['") } DROP ALL #', 'a"}} UNION {?s ?p ?o', "\\", "\\u0022", "# parameters\n"])
)
def test_no_parameter_becomes_part_of_the_query(value: str) -> None:
    """A value finds the document of that very name, or none."""
    facts = Facts(evaluation=make_evaluation())
    store = store_of((value, facts), (f"{value}!", replace(facts, evaluation=make_evaluation(number="8"))))
    assert column(rows(store, "evaluations", document=value), "document") == [value]


def test_a_value_that_is_no_text_is_told(store: GraphStore) -> None:
    """Half a surrogate pair, as a wrongly typed argument gives it, is no name."""
    with pytest.raises(UnknownName, match="characters"):
        rows(store, "systems", document="\udc80")


def test_headers_that_cannot_be_understood() -> None:
    """A misspelt header is found when it is read, not when it is shown."""
    good = "# ja: 例\n# en: Example\n# about.ja: 何\n# about.en: What\n"
    for line in ("no comment", "# column: x number 例 / example", "# parameter: x"):
        with pytest.raises(ValueError, match="x"):
            parse_question("x", f"{good}{line}\n\nSELECT * {{}}")
    assert parse_question("x", f"{good}\nSELECT * {{}}").parameters == COMMON


def test_a_company_that_is_entrusted_once_is_asked_for_by_its_file(store: GraphStore) -> None:
    """Rows carry the file, the matter and the number of its subjects."""
    (row,) = [one for one in rows(store, "companies") if one["company"] == "有限会社ためし印刷"]
    assert (row["file"], row["subjects"]) == (TAX_FILE, "10万人以上100万人未満")


def test_a_box_is_read_with_its_reason() -> None:
    """The reason of an unclear mark of media reaches the answer."""
    medium = replace(make_facts().media[0], mark=read(Mark.UNCLEAR, why="印が失われた"))
    found = rows(store_of(("a.txt", make_facts(media=(medium,), connections=()))), "unreadable-marks")
    assert column(found, "why") == ["印が失われた"]


def test_the_company_of_a_change_is_not_a_current_one(store: GraphStore) -> None:
    """変更前 is history: no current answer names it."""
    assert "株式会社ふるい" not in column(rows(store, "companies"), "company")
    assert COMPANY in column(rows(store, "entrustments"), "entrustee")
