"""The explorer's pages without a browser: what each says, that its links lead somewhere, and that text stays text."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from io import StringIO
from xml.etree import ElementTree

import pytest

from queries.catalog import question_names
from tests.explored import CITY, DOCUMENT, SYSTEM, Page, address, exploring, open_page
from tests.serving import Server

HANDLER = re.compile(r"on[a-z]+")
EGOV = "https://laws.e-gov.go.jp/law/"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve the samples."""
    with exploring(tmp_path_factory.mktemp("explored")) as running:
        yield running


class TestEveryPage:
    """What holds for all of them."""

    @pytest.mark.parametrize("tongue", ["ja", "en"])
    def test_links_lead_to_pages(self, server: Server, tongue: str) -> None:
        """From the start on, every link is answered, stays here or goes to e-Gov, and keeps the language."""
        seen, coming = set[str](), [address("/", ("lang", tongue))]
        while coming and len(seen) < 70:
            path = coming.pop(0)
            if path in seen:
                continue
            seen.add(path)
            response = server.client.get(path, headers={"Accept": "text/html"}, follow_redirects=True)
            assert response.status_code == 200, path
            if not response.headers["content-type"].startswith("text/html") or path.startswith(
                ("/sparql", "/ontology")
            ):
                continue
            page = Page(response.text)
            assert page.named("html")[0]["lang"] == tongue
            links = [link.partition("#")[0] for link in page.links() if not link.startswith("#")]
            assert all(link.startswith(("/", EGOV)) for link in links), path
            here = [link for link in links if link.startswith("/") and ("lang=en" in link) == (tongue == "en")]
            # A few of each kind of page, so that all kinds are met.
            kinds = {re.sub(r"\?.*", "", link): link for link in reversed(here)}
            coming += [*kinds.values(), *here[:2]]
        assert len(seen) > 50

    @pytest.mark.parametrize(
        "path", ["/", "/graph", address("/thing", ("id", CITY)), address("/document", ("id", DOCUMENT))]
    )
    def test_nothing_runs_but_our_files(self, server: Server, path: str) -> None:
        """No script, style or handler stands in a page; all comes from this server."""
        page = open_page(server, path)
        for script in page.named("script"):
            assert script.get("src", "").startswith("/static/") or script["type"] == "application/json"  # type: ignore[union-attr]
        assert not page.named("style")
        assert not [name for _, attrs in page.tags for name in attrs if HANDLER.fullmatch(name) or name == "style"]

    def test_fields_have_labels(self, server: Server) -> None:
        """Every field that a reader fills in has a label, and every page one heading of the first order."""
        for path in ("/", "/trace", "/compare", "/console", "/graph", "/questions/flows"):
            page = open_page(server, path)
            labelled = {attrs.get("for") for attrs in page.named("label")}
            fields = [one for tag in ("input", "select", "textarea") for one in page.named(tag)]
            alone = [one for one in fields if one.get("id") and one.get("type") != "hidden"]
            assert all(one["id"] in labelled or one["id"] in ("find", "example") for one in alone), path
            assert len(page.named("h1")) == 1


def test_the_start_tells_what_is_loaded(server: Server) -> None:
    """Documents, agencies and the auditors' questions stand on the first page."""
    text = open_page(server, "/").text
    assert "架空市" in text
    assert "国民健康保険に関する事務" in text
    assert "再委託" in text


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("保険総合", "国民健康保険総合管理システム"),
        ("毎日", "毎日"),
        ("番号法", "第19条"),
        ("ﾐﾎﾝ", "架空"),
        ("市", "架空市"),
    ],
    ids=["name", "quote", "law", "none", "one sign"],
)
def test_a_search_finds_parts_of_words(server: Server, asked: str, found: str) -> None:
    """Names, quotes and laws are found by any part of them, and what is not there is said."""
    text = open_page(server, address("/search", ("q", asked))).text
    assert found in text or "見つかりませんでした" in text


def test_every_question_has_its_place(server: Server) -> None:
    """The first page and the list lead to each question, and each question's page opens."""
    for path in ("/", "/questions"):
        links = {link for link in open_page(server, path).links() if link.startswith("/questions/")}
        assert links == {f"/questions/{name}" for name in question_names()}
    for name in question_names():
        open_page(server, f"/questions/{name}")


def test_an_unknown_identifier_is_404_with_a_search(server: Server) -> None:
    """Whatever is asked for, the page offers a search."""
    for wanted in ("nope", "javascript:alert(1)", "<script>", "document/none", "https://example.org/", "a b", ""):
        page = open_page(server, address("/thing", ("id", wanted)), 404)
        assert {"first", "again"} & {attrs.get("id") for attrs in page.named("input")}
    open_page(server, "/document?id=nope", 404)
    open_page(server, "/graph?node=nope", 404)
    open_page(server, "/list/nope", 404)


def test_a_document_is_shown_with_its_statements(server: Server) -> None:
    """The whole text stands on the page, and the open statement's words are marked in it."""
    page = open_page(server, address("/document", ("id", DOCUMENT), ("s", "10")))
    assert len(page.named("mark")) >= 1
    assert page.text.count("架空市") > 3
    assert [attrs for attrs in page.named("a") if attrs.get("rel") == "next"]


def test_a_graph_is_given_in_every_format(server: Server) -> None:
    """The same arrows as a page, CSV, JSON, SVG and GraphML."""
    node = ("node", SYSTEM)
    rows = [attrs for attrs in open_page(server, address("/graph", node)).named("tr") if "data-arrow" in attrs]
    drawing = json.loads(server.client.get(address("/graph.json", node)).text)
    assert len(rows) == len(drawing["arrows"]) > 5
    table = list(csv.DictReader(StringIO(server.client.get(address("/graph.csv", node)).text)))
    assert len(table) >= len(rows)
    assert all(row["quote"] and int(row["line"]) for row in table)
    assert server.client.get(address("/graph.csv", node, ("bom", "1"))).content.startswith(b"\xef\xbb\xbf")
    for form in ("svg", "graphml"):
        tree = ElementTree.fromstring(server.client.get(address(f"/graph.{form}", node)).content)  # noqa: S314 -- ours
        assert SYSTEM.rpartition("/")[2] in "".join(tree.itertext()).replace("\n", "")


def test_filters_act_in_the_search(server: Server) -> None:
    """A filter leaves only statements that fit it, and says how many there would be."""
    node = ("node", CITY)
    whole = json.loads(server.client.get(address("/graph.json", node)).text)["arrows"]
    table = csv.DictReader(StringIO(server.client.get(address("/graph.csv", node, ("carries", "number"))).text))
    kinds = {row["carries"] for row in table}
    assert kinds == {"number"}
    fewer = json.loads(server.client.get(address("/graph.json", node, ("kind", "entrustment"))).text)["arrows"]
    assert 0 < len(fewer) < len(whole)


def test_a_trace_tells_whether_it_is_complete(server: Server) -> None:
    """Each hop has its quote; what was not followed is said."""
    page = open_page(server, address("/trace", ("from", "架空市"), ("number", "1")))
    assert "完全" in page.text
    assert len(page.named("blockquote")) > 3
    rows = list(csv.DictReader(StringIO(server.client.get(address("/trace.csv", ("from", "架空市"))).text)))
    assert rows
    assert all(row["quote"] for row in rows)
    assert "この名前を記す文書はありません" in open_page(server, address("/trace", ("from", "存在しない庁"))).text


def test_our_files_and_nothing_else(server: Server) -> None:
    """Scripts, styles and the library are served with a tag by which a browser keeps them; no other file is."""
    for path in ("/static/explorer/explorer.css", "/static/explorer/graph.js", "/static/vendor/vis-network.min.js"):
        response = server.client.get(path)
        assert response.status_code == 200
        again = server.client.get(path, headers={"If-None-Match": response.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
    for name in ("nope.js", "..", "%2e%2e%2fpicture.js", "..%2f..%2fcli.py", ".", "explorer.css%00", "x" * 5000):
        assert server.client.get(f"/static/explorer/{name}").status_code in {404, 414}, name
        assert server.client.get(f"/static/vendor/{name}").status_code in {404, 414}, name
    assert "/search?q={searchTerms}" in server.client.get("/opensearch.xml").text


def test_answers_are_files_too(server: Server) -> None:
    """A question's rows are the same as CSV, for Excel, and as JSON."""
    table = server.client.get("/questions/systems.csv")
    assert table.headers["content-disposition"] == 'attachment; filename="systems.csv"'
    count = len(list(csv.reader(StringIO(table.text)))) - 1
    assert count == len(server.client.get("/questions/systems.json").json()) > 10
    assert server.client.get("/questions/systems.csv?bom=1").content.startswith(b"\xef\xbb\xbf")
    open_page(server, "/questions/none", 404)
    open_page(server, "/questions/flows?line=x")


def test_two_agencies_are_compared(server: Server) -> None:
    """What both say stands once with both places, what one says with one; as a page and as files."""
    town = "document/みほん町/7/2024-12-02"
    fields = (("a", DOCUMENT), ("b", town))
    assert "共通" in open_page(server, address("/compare", *fields)).text
    rows = server.client.get(address("/compare.json", *fields)).json()
    assert len(list(csv.reader(StringIO(server.client.get(address("/compare.csv", *fields)).text)))) == len(rows) + 1
    systems = [row for row in rows if row["question"] == "systems"]
    assert [row for row in systems if row["first_line"] and row["second_line"]]
    assert [row for row in systems if row["first_line"] and not row["second_line"]]
    assert server.client.get("/compare.csv").status_code == 404


def test_the_picture_of_a_construct(server: Server) -> None:
    """Triples become boxes and arrows; rows do not."""
    headers = {"Content-Type": "application/sparql-query"}
    query = "CONSTRUCT WHERE { ?a <https://w3id.org/mynaflow/ontology#flowsTo> ?b }"
    drawn = server.client.post("/console/drawing", content=query, headers=headers).json()
    assert drawn["boxes"]
    assert drawn["arrows"]
    assert server.client.post("/console/drawing", content="ASK {}", headers=headers).status_code == 406
    assert server.client.post("/console/drawing", content="ASK {", headers=headers).status_code == 400
