"""The explorer in Chromium, as an auditor uses it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

import pytest

from tests.explored import CITY, DOCUMENT, SYSTEM, address, exploring
from tests.hostile import make_hostile
from tests.serving import Server, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
PAINTED = """() => {
  const canvas = document.querySelector("#canvas canvas");
  const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
  return data.filter((value, at) => at % 4 === 3 && value > 0).length;
}"""
SIZES = pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)], ids=["desk", "phone"])


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve the samples."""
    with exploring(tmp_path_factory.mktemp("explored")) as running:
        yield running


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


class Reader:
    """A page in the browser, with what it asked for elsewhere and what went wrong."""

    def __init__(self, browser: Browser, server: Server, width: int, height: int) -> None:
        self.page: Page = browser.new_page(viewport={"width": width, "height": height}, accept_downloads=True)
        self.wrong: list[str] = []
        self._url = server.url
        self.page.on("request", lambda request: self._note(request.url))
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("console", lambda message: self.wrong.append(message.text))

    def _note(self, url: str) -> None:
        if not url.startswith((self._url, "blob:", "data:")):
            self.wrong.append(url)

    def open(self, path: str) -> Page:
        """Open a page of the explorer."""
        self.page.goto(self._url + path)
        return self.page


@pytest.fixture
def reader(browser: Browser, server: Server, request: pytest.FixtureRequest) -> Iterator[Reader]:
    """Return a reader, and see that its pages asked for nothing elsewhere and that nothing went wrong."""
    sizes = getattr(request.node, "callspec", None)
    width, height = (sizes.params.get("width", 1440), sizes.params.get("height", 900)) if sizes else (1440, 900)
    made = Reader(browser, server, width, height)
    yield made
    made.page.close()
    assert made.wrong == []


PAGES = (
    "/",
    address("/search", ("q", "住民")),
    "/list/systems",
    "/list/laws",
    address("/thing", ("id", CITY)),
    address("/graph", ("node", SYSTEM)),
    address("/trace", ("from", "架空市")),
    address("/document", ("id", DOCUMENT), ("s", "40")),
    "/questions/flows",
    "/compare",
    "/console?run=1",
)


@SIZES
def test_pages_fit_the_screen(reader: Reader, width: int, height: int) -> None:
    """No page is wider than the screen, and what can be pressed is not too small to hit."""
    for path in PAGES:
        page = reader.open(path)
        page.wait_for_timeout(100)
        assert page.evaluate("document.documentElement.scrollWidth") == width, path
        small = page.evaluate(
            """() => [...document.querySelectorAll("button, .button, select, input:not([type=hidden])")]
              .filter((one) => one.offsetParent && one.getBoundingClientRect().height < 24 && one.type !== "checkbox").length"""
        )
        assert small == 0, path


UNREADABLE = """() => {
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (colour) => {
    const [red, green, blue] = parts(colour).map((one) => one / 255)
      .map((one) => (one <= 0.03928 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const ground = (one) => {
    const colour = one ? getComputedStyle(one).backgroundColor : "rgb(255, 255, 255)";
    return !one || (parts(colour)[3] ?? 1) > 0.99 ? colour : ground(one.parentElement);
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const one = text.parentElement;
    if (!text.data.trim() || !one.getClientRects().length || one.closest("script, option, textarea")) continue;
    const [low, high] = [light(getComputedStyle(one).color), light(ground(one))].sort((a, b) => a - b);
    if ((high + 0.05) / (low + 0.05) < 4.5) found.push(`${one.tagName}.${one.className}: ${text.data}`);
  }
  return found;
}"""
NAMELESS = """() => [...document.querySelectorAll("a, button, input:not([type=hidden]), select, textarea, [role]")]
  .filter((one) => one.getClientRects().length && !(one.textContent.trim() || one.getAttribute("aria-label")
    || one.title || one.labels?.length))
  .map((one) => one.outerHTML.slice(0, 120))"""


def test_pages_can_be_read_and_told(reader: Reader) -> None:
    """Every text stands out from its ground (4.5 to 1), and what can be used has a name."""
    for path in (
        *PAGES,
        address("/document", ("id", DOCUMENT)),
        address("/graph", ("node", CITY), ("carries", "number")),
    ):
        page = reader.open(path)
        page.wait_for_timeout(100)
        assert page.evaluate(UNREADABLE) == [], path
        assert page.evaluate(NAMELESS) == [], path


def test_hostile_text_is_only_text(browser: Browser, tmp_path: Path) -> None:
    """Names that are tags, handlers or addresses run nowhere: not in a page, not in the picture or its card."""
    with serving(make_hostile(tmp_path / "store")) as hostile:
        reader = Reader(browser, hostile, 1440, 900)
        for path in ("/graph", address("/search", ("q", "script")), address("/trace", ("from", "架空市"))):
            page = reader.open(path)
            page.wait_for_load_state()
            assert "mynaflow" in page.title()
            assert page.evaluate("document.documentElement.scrollWidth") == 1440, path
        page = reader.open("/graph")
        page.wait_for_selector("#canvas canvas")
        page.focus("#canvas")
        for _ in range(12):
            page.keyboard.press("ArrowRight")
            assert page.locator("#card h2 *").count() == 0
        assert page.title() != "ran"
        reader.page.close()
        assert reader.wrong == []


def test_search_to_the_page_of_a_system(reader: Reader) -> None:
    """From the start by a search to a system, and from there to its graph."""
    page = reader.open("/")
    page.fill("#first", "保険総合")
    page.press("#first", "Enter")
    page.click("text=国民健康保険総合管理システム >> nth=0")
    page.wait_for_selector("#gets")
    page.click("text=図で見る")
    page.wait_for_selector("#canvas canvas")
    assert page.evaluate(PAINTED) > 1000


def test_a_suggested_name_opens_its_page(reader: Reader) -> None:
    """The slash goes to the search from anywhere; a name chosen with the arrows opens its page."""
    page = reader.open("/questions")
    page.keyboard.press("/")
    page.keyboard.type("架空市")
    page.wait_for_selector(".suggested li")
    page.keyboard.press("ArrowDown")
    assert page.get_attribute("#search", "aria-activedescendant")
    page.keyboard.press("Enter")
    page.wait_for_selector("#sends")
    assert "架空市" in page.inner_text("h1")


def count_of(page: Page) -> int:
    """Return how many arrows the table has."""
    return page.locator("tr[data-arrow]").count()


def wait_for(page: Page, condition: Callable[[], bool]) -> None:
    """Wait until ``condition`` holds; the policy of the pages forbids the browser to look by itself."""
    for _ in range(200):
        if condition():
            return
        page.wait_for_timeout(25)
    pytest.fail("it did not come about")


def test_a_box_is_opened_and_closed(reader: Reader) -> None:
    """Opening a box asks for one more hop, in the address too; undo and the browser's way back take it away."""
    page = reader.open(address("/graph", ("node", SYSTEM)))
    page.wait_for_selector("#canvas canvas")
    before = count_of(page)
    page.focus("#canvas")
    for _ in range(30):
        page.keyboard.press("ArrowRight")
        if page.locator("#card button", has_text="開く").count():
            break
    page.keyboard.press("Enter")
    wait_for(page, lambda: count_of(page) > before)
    assert "open=" in page.url
    opened = page.url
    page.click("#undo")
    wait_for(page, lambda: count_of(page) == before)
    assert "open=" not in page.url
    page.goto(opened)
    assert count_of(page) > before


def test_a_filter_is_applied(reader: Reader) -> None:
    """The filter acts in the search, without a new page, and stands in the address."""
    page = reader.open(address("/graph", ("node", CITY)))
    page.wait_for_selector("#canvas canvas")
    before = count_of(page)
    page.click("details.filters > summary")
    page.check("input[name=carries][value=number]")
    page.click("#filters button")
    wait_for(page, lambda: count_of(page) < before)
    assert "carries=number" in page.url
    assert page.is_checked("input[name=carries][value=number]")


def test_picture_and_table_answer_each_other(reader: Reader) -> None:
    """A number in the table points at its arrow; a box leaves only its rows; what is sought is found."""
    page = reader.open(address("/graph", ("node", SYSTEM)))
    page.wait_for_selector("#canvas canvas")
    whole = page.locator("tr[data-arrow]:visible").count()
    page.click("tr[data-arrow='2'] .point")
    assert page.locator("tr.chosen").count() == 1
    page.fill("#find", "収納")
    assert page.locator("tr[data-arrow]:visible").count() < whole
    assert "収納管理システム" in page.inner_text("#card")
    page.click("#fit")
    assert page.locator("tr[data-arrow]:visible").count() == whole
    with page.expect_download() as kept:
        page.click("#png")
    assert Path(kept.value.path()).read_bytes().startswith(b"\x89PNG")


def test_from_a_trace_to_its_evidence(reader: Reader) -> None:
    """A name is suggested, its flows are traced, and a line number opens the document with the quote marked."""
    page = reader.open("/trace")
    page.locator("input[name=from]").press_sequentially("架空")
    page.wait_for_selector(".suggested li")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.click("form.trace button")
    page.wait_for_selector(".path")
    quote_ = page.inner_text(".path blockquote >> nth=0")
    page.click(".path .place a >> nth=0")
    page.wait_for_selector("mark")
    marked = "".join(page.locator("mark").all_inner_texts())
    assert quote_.replace(" ", "")[:10] in marked.replace(" ", "").replace("\u3000", "")
    assert page.evaluate("document.querySelector('mark').getBoundingClientRect().top") < 900
    chosen = page.url
    page.keyboard.press("n")
    page.wait_for_url(lambda url: url != chosen)
    assert page.locator("[aria-current=true]").count() == 1


def test_a_query_is_run_and_kept(reader: Reader) -> None:
    """The console answers with a table; its rows are kept as CSV; the address brings the query back."""
    page = reader.open("/console")
    page.fill("#query", "SELECT ?a WHERE { ?a a <https://w3id.org/mynaflow/ontology#Agency> }")
    page.press("#query", "Control+Enter")
    page.wait_for_selector("#answer tbody tr")
    assert page.locator("#answer tbody tr").count() == 4
    assert page.locator("#colours .keyword").count() == 3
    with page.expect_download() as kept:
        page.click("#answer button:has-text('Excel')")
    assert Path(kept.value.path()).read_bytes().startswith(b"\xef\xbb\xbfa\r\n")
    assert "Agency" in unquote(page.url)
    page.reload()
    page.wait_for_selector("#answer tbody tr")
    page.fill("#query", "SELECT ?a WHERE {")
    page.click("#run")
    page.wait_for_selector("#answer .failed")
    assert "line 1" in page.inner_text("#answer .failed")
    reader.wrong = [one for one in reader.wrong if "400 (Bad Request)" not in one]


def test_a_construct_is_drawn(reader: Reader) -> None:
    """The example whose answer is a graph shows triples and a picture."""
    page = reader.open("/console?question=construct")
    page.click("#run")
    page.wait_for_selector("#canvas canvas")
    assert page.evaluate(PAINTED) > 1000
    assert page.locator("#answer tbody tr").count() > 10


def test_a_question_is_kept_as_csv(reader: Reader) -> None:
    """The link of a question gives a file."""
    page = reader.open("/questions/entrustments")
    with page.expect_download() as kept:
        page.click("text=CSV >> nth=0")
    assert kept.value.suggested_filename == "entrustments.csv"


def test_the_language_is_switched(reader: Reader) -> None:
    """The same view in the other language, and links stay in it."""
    page = reader.open(address("/graph", ("node", SYSTEM)))
    page.click("#tongue")
    page.wait_for_selector("html[lang=en]")
    assert quote(SYSTEM, safe="/") in page.url
    page.click("text=Questions")
    assert page.get_attribute("html", "lang") == "en"
    page.click("#tongue")
    page.wait_for_selector("html[lang=ja]")
