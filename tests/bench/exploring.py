"""Measures the explorer in Chromium: the first picture, how smoothly it moves, and how long opening a box takes."""

from __future__ import annotations

import shutil
from importlib.util import find_spec
from time import perf_counter, sleep
from typing import TYPE_CHECKING
from urllib.parse import quote

from tests.bench.drawn import HUB, make_store
from tests.serving import Server, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

_FIRST, _FRAMES, _EXPAND = 2.0, 30, 0.3
_MOVES = 2.0  # seconds of moving
_PAINTED = """() => new Promise((done) => {
  const look = () => document.querySelector("#canvas canvas")
    ? requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))) : setTimeout(look, 5);
  look();
})"""
_COUNT = """() => {
  window.frames_ = [];
  let last = performance.now();
  const next = () => {
    const now = performance.now();
    window.frames_.push(now - last);
    last = now;
    if (window.frames_) requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
}"""
_COUNTED = """() => {
  const frames = window.frames_;
  window.frames_ = null;
  return frames;
}"""
_OPEN = """() => new Promise((done) => {
  const start = performance.now();
  new MutationObserver((_, seen) => {
    seen.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start)));
  }).observe(document.getElementById("main"), { childList: true });
  document.querySelector("#card button").click();
})"""


def measure_exploring(folder: Path, times: int) -> Iterator[str]:
    """Yield what was measured, or why nothing was."""
    chromium = shutil.which("chromium")
    if not chromium or not find_spec("playwright"):
        yield "explorer: not measured, for Chromium or playwright is not installed"
        return
    from playwright.sync_api import sync_playwright

    make_store(folder / "wide", 20, 100, 210)
    make_store(folder / "many", 500, 30, 40)
    with sync_playwright() as driver:
        # No figure is of the machine's painting card: it is the processor that paints, as in a service's tests.
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        with serving(folder / "wide") as server:
            yield from _wide(server, page, times)
        with serving(folder / "many") as server:
            yield from _many(server, page, times)
        browser.close()


def _wait_for_index(server: Server) -> float:
    """Return the seconds from the first page until every document can be searched."""
    while server.client.get("/").is_server_error:
        sleep(0.2)
    start = perf_counter()
    while "notice" in server.client.get("/").text:
        sleep(0.2)
    return perf_counter() - start


def _wide(server: Server, page: Page, times: int) -> Iterator[str]:
    _wait_for_index(server)
    first = min(_first(server, page) for _ in range(times))
    size = page.inner_text("h1 small")
    yield f"first picture, {size}: {first * 1000:.0f} ms{_missed(first > _FIRST)} (target {_FIRST * 1000:.0f} ms)"
    page.wait_for_selector("#rest", state="detached", timeout=30_000)
    for name, move in (("pan", _pan), ("zoom", _zoom)):
        page.evaluate(_COUNT)
        move(page)
        frames = page.evaluate(_COUNTED)
        rate = 1000 * len(frames) / sum(frames)
        told = f"longest {max(frames):.0f} ms"
        yield f"  {name}: {rate:.0f} frames/s, {told}{_missed(rate < _FRAMES)} (target {_FRAMES} frames/s)"


def _first(server: Server, page: Page) -> float:
    page.goto(f"{server.url}/graph?most=2000", wait_until="commit")
    painted: float = page.evaluate(_PAINTED)
    return painted / 1000


def _pan(page: Page) -> None:
    page.mouse.move(450, 450)
    page.mouse.down()
    start, step = perf_counter(), 0
    while perf_counter() - start < _MOVES:
        step += 1
        page.mouse.move(450 + 15 * (step % 20 - 10), 450 + 8 * (step % 14 - 7))
    page.mouse.up()


def _zoom(page: Page) -> None:
    start, step = perf_counter(), 0
    while perf_counter() - start < _MOVES:
        step += 1
        page.mouse.wheel(0, 40 if step // 10 % 2 else -40)


def _many(server: Server, page: Page, times: int) -> Iterator[str]:
    yield f"index of 500 assessments made in {_wait_for_index(server):.1f} s, while pages are answered"
    shortest = min(_expand(server, page) for _ in range(times))
    size = page.inner_text("h1 small")
    target = f"(target {_EXPAND * 1000:.0f} ms)"
    yield f"open a box of 500 assessments ({size}): {shortest:.0f} ms{_missed(shortest > _EXPAND * 1000)} {target}"


def _expand(server: Server, page: Page) -> float:
    """Return the milliseconds from the click until the picture with one hop more is painted."""
    system = server.client.get("/names.json", params={"q": "国民健康保険標準システム0"}).json()[0]["id"]
    page.goto(f"{server.url}/graph?node={quote(system)}")
    page.fill("#find", HUB)
    page.wait_for_selector("#card button")
    took: float = page.evaluate(_OPEN)
    return took


def _missed(is_missed: bool) -> str:
    return ", MISSED" if is_missed else ""
