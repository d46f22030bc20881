"""Pictures: what stands in the page, that text of documents cannot run in it, and how it looks in a browser."""

from __future__ import annotations

import re
import shutil
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.facts import Certainty, Facts, Mark
from graph.mapping import map_document
from graph.store import create_store
from tests.factories import TAX_SYSTEM, make_connection, make_facts, make_flow, make_source
from viz import cli
from viz.labels import label_of
from viz.layering import COLUMN, ROW, place

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

HOSTILE = (
    "<script>document.title='ran'</script>",
    '"><img src=x onerror="document.title=\'ran\'">',
    "</script><script>document.title='ran'</script>",
    "<a href='javascript:document.title=1'>system</a>",
)


class Reader(HTMLParser):
    """Collects the tags of a page, and the text of its scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self._in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the tag."""
        self.tags.append((tag, dict(attrs)))
        self._in_script = tag == "script"
        if self._in_script:
            self.scripts.append("")

    def handle_data(self, data: str) -> None:
        """Note what stands in a script."""
        if self._in_script:
            self.scripts[-1] += data

    def handle_endtag(self, tag: str) -> None:
        """Note that a script ends."""
        self._in_script = self._in_script and tag != "script"

    def named(self, tag: str) -> list[dict[str, str | None]]:
        """Return the attributes of every such tag."""
        return [attrs for name, attrs in self.tags if name == tag]


def read(page: str) -> Reader:
    """Parse a page."""
    reader = Reader()
    reader.feed(page)
    return reader


def draw(folder: Path, facts: Facts, *words: str) -> Path:
    """Store ``facts``, draw them, and return the file."""
    store, out = folder / "store", folder / "picture.html"
    made = create_store(store)
    made.replace(map_document(facts, make_source(), version="1"))
    made.flush()
    del made
    assert cli.main(["view", *words, "--store", str(store), "--out", str(out)]) == 0
    return out


def hostile_facts() -> Facts:
    """Return facts in which names, quotes and data hold what a page must not run."""
    flows = [make_flow(name, TAX_SYSTEM, quote=f"{name}から送る", via=name) for name in HOSTILE]
    return make_facts(flows=tuple(flows))


def test_the_page_fetches_nothing_and_runs_only_its_own(tmp_path: Path) -> None:
    """No tag has an address, and every script's hash stands in the policy, which allows nothing else."""
    page = read(draw(tmp_path, make_facts()).read_text(encoding="utf-8"))
    assert not [attrs for _, attrs in page.tags if "src" in attrs or "href" in attrs]
    policy = next(attrs["content"] for attrs in page.named("meta") if attrs.get("http-equiv"))
    hashes = {f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in page.scripts}
    assert policy is not None
    assert set(re.findall(r"'sha256-[^']+'", policy)) == hashes
    assert policy.startswith("default-src 'none';")
    assert len(page.scripts) == 3


def test_text_of_documents_is_never_markup(tmp_path: Path) -> None:
    """Tags in names and quotes reach the page escaped, or as data in which no ``<`` stands."""
    page = read(draw(tmp_path, hostile_facts()).read_text(encoding="utf-8"))
    assert len(page.scripts) == 3
    assert not page.named("img")
    assert not page.named("a")
    assert not any("onerror" in attrs for _, attrs in page.tags)


def test_the_table_says_what_the_picture_shows(tmp_path: Path) -> None:
    """Each arrow has a row with both names, the quote and the place; a connection has no arrow."""
    facts = make_facts(connections=(make_connection("宛名システム", Mark.YES),))
    page = draw(tmp_path, facts, TAX_SYSTEM, "--connections", "--hops", "1").read_text(encoding="utf-8")
    rows = read(page).named("tr")
    assert [row["data-edge"] for row in rows if "data-edge" in row] == ["e1", "e2"]
    assert "宛名システムから架空税務システムへ送信する" in page
    assert "架空市_税.txt:60" in page
    assert "接続（流れではない）" in page


def test_what_is_left_out_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Above the number of ends asked for the page says how many it lacks and how to narrow it."""
    facts = make_facts(media=(), flows=tuple(make_flow(f"{number}課", TAX_SYSTEM) for number in range(12)))
    page = draw(tmp_path, facts, "--most", "5").read_text(encoding="utf-8")
    assert "8 more ends are left out" in page
    assert "bytes" in capsys.readouterr().out


def test_certain_implied_and_unclear_look_different(tmp_path: Path) -> None:
    """Dashes tell how sure a statement is, and the legend explains those that occur."""
    flows = tuple(
        make_flow("住民", f"{number}課", certainty=certainty) for number, certainty in enumerate(Certainty, start=1)
    )
    page = draw(tmp_path, make_facts(flows=flows), "住民", "--with-unclear").read_text(encoding="utf-8")
    assert len(set(re.findall(r'"dashes": (false|\[[^]]*\])', page))) == 3
    assert all(word in page for word in ("明記", "黙示", "不明"))


def test_paths_between_two_ends(tmp_path: Path) -> None:
    """With --to the picture shows the paths and nothing beside them."""
    flows = tuple(make_flow(a, b) for a, b in ("甲乙", "乙丙", "甲丁"))
    page = draw(tmp_path, make_facts(flows=flows), "甲", "--to", "丙").read_text(encoding="utf-8")
    assert "「甲」から「丙」への流れ" in page
    assert "丁" not in page


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["国税庁", "--out", "{folder}"], "cannot write"),
        (["--to", "国税庁", "--out", "{folder}/a.html"], "--to needs"),
        (["株式会社ふるい", "--out", "{folder}/a.html"], "what a change replaced"),
    ],
    ids=["a folder", "no start", "only past"],
)
def test_the_users_mistakes(tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], told: str) -> None:
    """A mistake is answered with what, where and what to do, and exit code 2."""
    draw(tmp_path, make_facts())
    words = [word.format(folder=tmp_path) for word in words]
    assert cli.main(["view", "--store", str(tmp_path / "store"), *words]) == 2
    assert told in capsys.readouterr().err


def test_a_whole_store_is_too_much_for_one_picture(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a name to draw, more documents than may be read are refused with what to do."""
    made = create_store(tmp_path / "store")
    for name in ("1.txt", "2.txt"):
        made.replace(map_document(make_facts(), make_source(name, name), version="1", distinct=True))
    made.flush()
    del made
    words = ["view", "--store", str(tmp_path / "store"), "--out", str(tmp_path / "a.html"), "--read", "1"]
    assert cli.main(words) == 2
    assert "too many for one picture" in capsys.readouterr().err
    assert cli.main([*words, "--document", "2.txt"]) == 0


@given(st.text(max_size=80))
def test_labels_are_short_lines(name: str) -> None:
    """A label has at most three lines, none much wider than the others, and loses only its end."""
    lines = label_of(name).split("\n")
    assert len(lines) <= 3
    assert all(len(line) <= 30 for line in lines)


@st.composite
def layouts(draw_from: st.DrawFn) -> tuple[list[str], list[tuple[str, str]], dict[str, int]]:
    """Draw nodes, links between them, and their layers."""
    nodes = [f"n{number}" for number in range(draw_from(st.integers(1, 30)))]
    some = st.sampled_from(nodes)
    links = draw_from(st.lists(st.tuples(some, some), max_size=60))
    levels = draw_from(st.sampled_from([0, 3]))
    return nodes, links, {node: draw_from(st.integers(-levels, levels)) for node in nodes}


@given(layouts())
def test_boxes_do_not_overlap(layout: tuple[list[str], list[tuple[str, str]], dict[str, int]]) -> None:
    """Every node has a place, and no two are nearer than a box is wide and high."""
    nodes, links, levels = layout
    places = sorted(place(nodes, links, levels).values())
    assert len(places) == len(nodes)
    for at, (x, y) in enumerate(places):
        assert all(abs(x - x2) >= COLUMN or abs(y - y2) >= ROW for x2, y2 in places[at + 1 :])


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return headless Chromium; skip where there is none."""
    chromium = shutil.which("chromium")
    if not chromium:
        pytest.skip("Chromium is not installed")
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-sync"]
    with api.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=chromium, args=[*quiet, "--disable-component-update"])
        yield opened
        opened.close()


def show(browser: Browser, file: Path, requests: list[str], width: int = 1440, height: int = 900) -> Page:
    """Open ``file`` and note what it asks for and what goes wrong."""
    page = browser.new_page(viewport={"width": width, "height": height})
    page.on("request", lambda request: requests.append(request.url))
    page.on("pageerror", lambda error: requests.append(f"error {error}"))
    page.on("console", lambda message: requests.append(f"console {message.text}"))
    page.goto(file.as_uri())
    page.wait_for_function("window.network && network.getScale() > 0")
    page.wait_for_timeout(200)
    return page


PAINTED = """() => {
  const canvas = document.querySelector("#mynetwork canvas");
  const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
  return data.filter((value, at) => at % 4 === 3 && value > 0).length;
}"""


@pytest.mark.browser
@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)], ids=["desk", "phone"])
def test_a_picture_opens_offline(browser: Browser, tmp_path: Path, width: int, height: int) -> None:
    """The page asks for nothing but itself, paints the picture, shows the table, and fits the screen's width."""
    file, requests = draw(tmp_path, make_facts()), list[str]()
    page = show(browser, file, requests, width, height)
    assert requests == [file.as_uri()]
    assert page.evaluate(PAINTED) > 1000
    assert page.locator("tr[data-edge]").count() == page.evaluate("edges.length")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.close()


@pytest.mark.browser
def test_hostile_text_does_not_run(browser: Browser, tmp_path: Path) -> None:
    """Names that are tags are shown as text, in the table and in the tooltip, and nothing runs."""
    file, requests = draw(tmp_path, hostile_facts()), list[str]()
    page = show(browser, file, requests)
    title = page.title()
    for number in range(1, 5):
        page.locator(f"tr[data-edge=e{number}] .ends").click()
        page.wait_for_timeout(50)
    tips: Any = page.evaluate("edges.get().map((edge) => [edge.title.textContent, edge.title.children.length])")
    assert all(count == 0 for _, count in tips)
    assert any(HOSTILE[0] in text for text, _ in tips)
    assert page.title() == title != "ran"
    assert requests == [file.as_uri()]
    page.close()


@pytest.mark.browser
def test_picture_and_table_answer_each_other(browser: Browser, tmp_path: Path) -> None:
    """A row stresses its arrow, the field filters the rows, an end clicked leaves only its rows."""
    page = show(browser, draw(tmp_path, make_facts()), [])
    rows = page.locator("tr[data-edge]:visible")
    whole = rows.count()
    page.locator("tr[data-edge=e1] .ends").click()
    assert page.locator("tr.chosen").count() == 1
    assert page.evaluate("nodes.get({filter: (node) => node.opacity === 1}).length") == 2
    page.locator("#wanted").fill("国税庁")
    assert 0 < rows.count() < whole
    page.locator("#fit").click()
    assert rows.count() == whole
    spot = page.evaluate("network.canvasToDOM(network.getPosition(edges.get('e1').from))")
    page.locator("#mynetwork canvas").click(position=spot)
    assert 0 < rows.count() < whole
    page.close()
