"""Identifiers of documents, and of the ends that documents name."""

from __future__ import annotations

import pytest

from extract.facts import Alias, EndKind
from graph.bodies import is_named_body
from graph.ends import Ends
from graph.iri import document_iri
from tests.factories import make_evaluation, make_facts, make_flow, said

BASE = "https://example.org/"


def ends_of(agency: str = "架空市", **changes: object) -> Ends:
    """Return the ends of a document of ``agency``."""
    return Ends(make_facts(evaluation=make_evaluation(agency=agency, **changes)), base=BASE, sha="ab" * 32)


@pytest.mark.parametrize("missing", ["agency", "number", "published"])
def test_a_document_without_a_key_is_named_by_its_hash(missing: str) -> None:
    """Agency, number and date together tell a document from others; without one of them its bytes do."""
    given = {"agency": "架空市", "number": "7", "published": "2025-04-01"} | {missing: None}
    assert document_iri("x:", **given, sha="ab12") == "x:document/ab12"


@pytest.mark.parametrize(
    "name", ["中間サーバー", "庁内連携システム", "団体内統合宛名システム", "標準システム", "税務システム"]
)
def test_systems_of_two_agencies_never_meet(name: str) -> None:
    """What every agency has of its own is another thing at each."""
    one, other = (ends_of(agency).find(name, EndKind.SYSTEM) for agency in ("架空市", "ためし町"))
    assert one.iri != other.iri
    assert one.owner == f"{BASE}organization/架空市"


@pytest.mark.parametrize("name", ["国保連合会", "他市区町村", "住民", "同上", "未定", "委託先", "各事業者"])
def test_generic_names_belong_to_the_agency(name: str) -> None:
    """「国保連合会」 of one document is not that of another."""
    one, other = (ends_of(agency).find(name, EndKind.BODY) for agency in ("架空市", "ためし町"))
    assert one.iri != other.iri


@pytest.mark.parametrize(
    ("name", "variant"),
    [
        ("情報提供ネットワークシステム", "情報提供 ネットワークシステム"),
        ("住民基本台帳ネットワークシステム", "住基ネット"),
        ("社会保険診療報酬支払基金", "支払基金"),
        ("地方公共団体情報システム機構", "Ｊ－ＬＩＳ"),
    ],
)
def test_national_names_and_their_listed_variants_are_one_for_all(name: str, variant: str) -> None:
    """A row of the reference table is one node in every document."""
    assert ends_of("架空市").find(name).iri == ends_of("ためし町").find(variant).iri


def test_a_company_is_one_however_its_form_is_written() -> None:
    """㈱, （株） and 株式会社 before the same name are one company, behind it another."""
    ends = ends_of()
    forms = ("株式会社見本", "㈱見本", "（株） 見 本")
    assert len({ends.find(name, EndKind.BODY).iri for name in forms}) == 1
    assert ends.find("見本株式会社", EndKind.BODY).iri != ends.find("株式会社見本", EndKind.BODY).iri


def test_a_body_that_assesses_is_the_body_that_others_name() -> None:
    """架空市 as an agency and 架空市 as another's recipient are one node."""
    assert ends_of("ためし町").find("架空市", EndKind.BODY).iri == ends_of("架空市").agency.iri


def test_the_agency_goes_by_many_names() -> None:
    """The office and 当市 are the agency."""
    ends = ends_of()
    assert {ends.find(name).iri for name in ("架空市", "架空市長", "当市", "本市")} == {ends.agency.iri}


def test_two_cities_of_one_name_stay_apart() -> None:
    """伊達市 alone does not say which 伊達市; neither as an agency nor as a recipient is it merged."""
    facts = make_facts(evaluation=make_evaluation(agency="伊達市"))
    agencies = {Ends(facts, base=BASE, sha=letter * 64).agency.iri for letter in "ab"}
    assert len(agencies) == 2
    assert not is_named_body("伊達市")


def test_a_document_without_an_agency_shares_nothing_of_its_own() -> None:
    """Two documents that name no agency do not share their systems."""
    facts = make_facts(evaluation=make_evaluation(agency=None, office=None))
    systems = {Ends(facts, base=BASE, sha=letter * 64).find("税システム").iri for letter in "ab"}
    assert len(systems) == 2


def test_aliases_of_the_document_denote_one_system() -> None:
    """A system's own aliases and 「以下…という」 merge names within the document."""
    ends = ends_of()
    assert ends.find("税システム").iri == ends.find("架空税務システム").iri
    assert ends.find("国保連").label == "みほん県国民健康保険団体連合会"


def test_a_defined_name_of_a_national_system_is_national() -> None:
    """If one name of a defined pair is in the reference table, so is what both denote."""
    alias = Alias(
        evidence=said("医療保険者等向け中間サーバー（以下「中間サーバ」という。）"),
        short="中間サーバ",
        full="医療保険者等向け中間サーバー",
    )
    facts = make_facts(aliases=(alias,), systems=())
    assert Ends(facts, base=BASE, sha="0").find("中間サーバー").iri == f"{BASE}system/医療保険者等向け中間サーバ"


def test_a_name_is_of_one_kind_in_a_document() -> None:
    """What the form lists as a system stays one where the prose does not say what it is."""
    facts = make_facts(flows=(make_flow("架空税務システム", "中間サーバー", source_kind=EndKind.BODY),))
    assert Ends(facts, base=BASE, sha="0").find("架空税務システム").is_system
