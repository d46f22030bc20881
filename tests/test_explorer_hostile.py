"""Documents that hold what a page must not run or be broken by: all of it is shown as text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.explored import Page, address, open_page
from tests.hostile import HOSTILE, LONG, make_hostile
from tests.serving import Server, serving


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve the hostile documents."""
    with serving(make_hostile(tmp_path_factory.mktemp("hostile") / "store")) as running:
        yield running


def test_no_page_runs_or_leads_elsewhere(server: Server) -> None:
    """From the start on, on every kind of page: no tag, handler or address comes out of a document."""
    seen, coming = (
        set[str](),
        ["/", "/graph", "/list/companies", "/trace?from=架空市", "/questions/flows", "/search?q=script"],
    )
    kinds: dict[str, int] = {}
    while coming:
        path = coming.pop(0)
        kind = urlsplit(path).path
        if path in seen or kinds.get(kind, 0) >= 6:
            continue
        seen.add(path)
        kinds[kind] = kinds.get(kind, 0) + 1
        response = server.client.get(path, headers={"Accept": "text/html"}, follow_redirects=True)
        assert response.status_code == 200, path
        if not response.headers["content-type"].startswith("text/html"):
            continue
        assert not set("\u202e\u202c\x01") & set(response.text), path
        page = Page(response.text)
        assert {tag for tag, _ in page.tags} <= KNOWN, path
        assert not [name for _, attrs in page.tags for name in attrs if re.fullmatch("on[a-z]+|style|srcset", name)], (
            path
        )
        links = page.links()
        assert all(link.startswith(("/", "#", "https://laws.e-gov.go.jp/law/")) for link in links), path
        coming += [link.partition("#")[0] for link in links if link.startswith("/") and ".rows" not in link]
    assert {"/thing", "/document", "/between", "/graph", "/trace"} <= kinds.keys()


KNOWN = frozenset(
    [
        "html",
        "head",
        "meta",
        "title",
        "link",
        "script",
        "body",
        "a",
        "header",
        "nav",
        "form",
        "label",
        "input",
        "button",
        "main",
        "h1",
        "h2",
        "h3",
        "p",
        "div",
        "section",
        "small",
        "span",
        "dl",
        "dt",
        "dd",
        "table",
        "caption",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "ul",
        "ol",
        "li",
        "details",
        "summary",
        "bdi",
        "blockquote",
        "mark",
        "code",
        "pre",
        "textarea",
        "select",
        "option",
        "fieldset",
        "legend",
        "strong",
        "b",
        "aside",
        "noscript",
        "img",
        "svg",
        "rect",
        "line",
        "text",
        "tspan",
        "g",
        "path",
    ]
)


def test_a_long_name_is_cut_and_can_be_seen_whole(server: Server) -> None:
    """Ten thousand characters stand in lists as a few, and whole behind a click where the thing itself is shown."""
    page = open_page(server, address("/search", ("q", "長" * 20), ("kind", "names")))
    assert LONG not in page.text
    link = next(link for link in page.links() if link.startswith("/thing"))
    shown = open_page(server, link)
    assert LONG in shown.text
    assert shown.named("details")


def test_what_an_address_says_is_not_believed(server: Server) -> None:
    """Fields of an address come back as text, or not at all; nothing makes the server fail."""
    for path in (
        "/search",
        "/graph",
        "/trace",
        "/thing",
        "/document",
        "/between",
        "/compare",
        "/console",
        "/questions/flows",
    ):
        for one in HOSTILE[:-1]:
            names = (
                "q",
                "node",
                "from",
                "from_id",
                "id",
                "file",
                "source",
                "target",
                "a",
                "query",
                "document",
                "kind",
                "medium",
            )
            asked = address(path, *((name, one) for name in names))
            response = server.client.get(asked, headers={"Accept": "text/html"}, follow_redirects=True)
            assert response.status_code in {200, 400, 404}, asked
            assert "<script>document" not in response.text
    assert server.client.get("/search?q=%ff").status_code == 400
    assert server.client.get("/search?" + "&".join(["q=a"] * 2000)).status_code == 400


def test_files_hold_the_text_as_it_is(server: Server) -> None:
    """SVG and GraphML are well formed, and nothing of a document is a tag in them."""
    from xml.etree import ElementTree

    for form in ("svg", "graphml"):
        body = server.client.get(f"/graph.{form}").content
        tree = ElementTree.fromstring(body)  # noqa: S314 -- ours
        assert not [one for one in tree.iter() if one.tag.endswith(("script", "img", "}a"))]


def test_fields_are_kept_by_links(server: Server) -> None:
    """A name with every sign that addresses use comes back whole from the links that name it."""
    page = open_page(server, address("/trace", ("from", HOSTILE[1])))
    kept = [dict(parse_qsl(urlsplit(link).query)) for link in page.links() if link.startswith("/trace")]
    assert any(fields.get("from") == HOSTILE[1] for fields in kept)
