"""The report of a build, and what is shown while it runs."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest

from extract.errors import UserError
from extract.facts import Mark
from graph.load import Outcome, State
from graph.prepare import Counts
from tests.documents import tabbed
from viz.cli import main
from viz.progress import Pace, watch
from viz.report import Run, check_report, write_report

BAD = "<script>alert(1)</script>\"'&.txt"


def run_of(*outcomes: Outcome) -> Run:
    """Return a build with these outcomes."""
    return Run(started=datetime(2025, 4, 1, 9, 0, tzinfo=UTC), seconds=2.0, store="s", program="1", outcomes=outcomes)


LOADED = Outcome(
    path="in/a.txt",
    name="a.txt",
    state=State.LOADED,
    counts=Counts(facts=12, marks={Mark.YES: 3, Mark.UNCLEAR: 1}, gaps=2),
    seconds=0.5,
)
FAILED = Outcome(path=f"in/{BAD}", name=BAD, state=State.FAILED, note="the file is <b>empty</b>")


class _Tags(HTMLParser):
    """Gathers the tags of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 -- as the base class calls it
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def test_json_tells_the_run_and_each_document(tmp_path: Path) -> None:
    """Numbers are numbers; what was not read has none."""
    write_report(run_of(LOADED, FAILED), tmp_path / "r.json")
    told = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    assert told["run"] | {"started": ""} == {
        "started": "",
        "seconds": 2.0,
        "documents per second": 0.5,
        "store": "s",
        "program": "1",
        "documents": 2,
        "loaded": 1,
        "unchanged": 0,
        "replaced": 0,
        "duplicate": 0,
        "failed": 1,
        "removed": 0,
    }
    good, bad = told["documents"]
    assert (good["facts"], good["yes"], good["no"], good["unclear"], good["gaps"]) == (12, 3, 0, 1, 2)
    assert (bad["facts"], bad["state"], bad["document"]) == (None, "failed", BAD)


def test_the_page_runs_nothing_and_shows_what_failed_first(tmp_path: Path) -> None:
    """Names and notes come from files of others."""
    write_report(run_of(LOADED, FAILED), tmp_path / "r.html")
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    seen = _Tags()
    seen.feed(page)
    assert not seen.tags & {"script", "b", "link", "img"}
    text = " ".join(seen.text)
    assert text.index(BAD) < text.index("in/a.txt")
    assert "失敗 / failed" in text


@pytest.mark.parametrize(("name", "said"), [("r.txt", "html or .json"), ("no/r.html", "no such folder")])
def test_a_report_that_cannot_be_is_told_before_the_build(tmp_path: Path, name: str, said: str) -> None:
    """Not after an hour of reading."""
    with pytest.raises(UserError, match=said):
        check_report(tmp_path / name)
    words = ["build", str(tmp_path / "none"), "--store", str(tmp_path / "s"), "--report", str(tmp_path / name)]
    assert main(words) == 2
    assert not (tmp_path / "s").exists()


def test_a_build_writes_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With what stopped a document, and how long each took."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(tabbed(), encoding="utf-8")
    (tmp_path / "in" / "b.txt").write_bytes(b"")
    words = ["build", str(tmp_path / "in"), "--store", str(tmp_path / "s"), "--report", str(tmp_path / "r.json")]
    assert main(words) == 1
    capsys.readouterr()
    rows = {row["document"]: row for row in json.loads((tmp_path / "r.json").read_text())["documents"]}
    assert rows["a.txt"]["seconds"] > 0
    assert "empty" in rows["b.txt"]["note"]


def test_a_slow_document_is_stopped(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """At the limit that was given, and it is said; the store takes the others."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(tabbed() + tabbed()[2000:] * 3000, encoding="utf-8")
    (tmp_path / "in" / "b.txt").write_text(tabbed(), encoding="utf-8")
    words = ["build", str(tmp_path / "in"), "--store", str(tmp_path / "s"), "--seconds", "4", "--format", "json"]
    assert main(words) == 1
    rows = {row["document"]: row for row in json.loads(capsys.readouterr().out)}
    assert rows["a.txt"]["note"] == "stopped: it took more than 4 s"
    assert rows["b.txt"]["state"] == "loaded"


def test_the_pace_forgets_what_was_half_a_minute_ago() -> None:
    """A hundred unchanged documents in the first second say nothing of the rest."""
    pace = Pace(start=0.0)
    for _ in range(100):
        pace.count(1.0)
    for second in range(2, 62):
        pace.count(float(second))
    assert pace.tell(61.0, 3600) == "1.0 /s, 残り / left 58:04"


def test_lines_tell_the_rate_now_and_then(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Every ten seconds, and never in the first three."""
    clock = iter(float(second) for second in range(100))
    monkeypatch.setattr("viz.progress.monotonic", lambda: next(clock))
    assert len(list(watch(iter([LOADED] * 30), 40))) == 30
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "1/40 loaded in/a.txt"
    assert [line.split(",")[0] for line in lines if line.startswith("…")] == ["… 4/40", "… 15/40", "… 26/40"]
