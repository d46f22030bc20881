"""The explorer on the shipped samples, for tests of its pages and in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

import httpx

from tests.serving import Server, serving
from viz.cli import main

CITY = "organization/架空市"
SYSTEM = f"{CITY}/system/国民健康保険総合管理システム"
DOCUMENT = "document/架空市/12/2025-01-20"


def build_samples(folder: Path) -> Path:
    """Build the samples into a store below ``folder``, and return it."""
    assert main(["samples", str(folder / "samples")]) == 0
    assert main(["build", str(folder / "samples"), "--store", str(folder / "store")]) == 0
    return folder / "store"


@contextmanager
def exploring(folder: Path) -> Iterator[Server]:
    """Serve the samples until the block ends."""
    with serving(build_samples(folder)) as server:
        yield server


def address(path: str, *pairs: tuple[str, str]) -> str:
    """Return an address with its fields."""
    return path + ("?" + "&".join(f"{name}={quote(value)}" for name, value in pairs) if pairs else "")


class Page(HTMLParser):
    """A page taken apart: its tags, its text, and the text of its scripts apart."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.scripts: list[str] = []
        self._in_script = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the tag."""
        self.tags.append((tag, dict(attrs)))
        self._in_script = tag == "script"

    def handle_data(self, data: str) -> None:
        """Note the text."""
        (self.scripts if self._in_script else self.words).append(data)

    def handle_endtag(self, tag: str) -> None:
        """Note that a script ends."""
        self._in_script = self._in_script and tag != "script"

    @property
    def text(self) -> str:
        """All that a reader sees."""
        return "".join(self.words)

    def named(self, tag: str) -> list[dict[str, str | None]]:
        """Return the attributes of every such tag."""
        return [attrs for name, attrs in self.tags if name == tag]

    def links(self) -> list[str]:
        """Return where its links lead."""
        return [link for attrs in self.named("a") if (link := attrs.get("href"))]


def open_page(server: Server, path: str, status: int = 200) -> Page:
    """Open a page of the explorer."""
    response: httpx.Response = server.client.get(path, headers={"Accept": "text/html"}, follow_redirects=True)
    assert response.status_code == status, (path, response.status_code, response.text[:300])
    return Page(response.text)
