"""The report of a build: what became of each document, as a page that opens offline or as JSON.

Everything that comes from a document is escaped; the page has no script and fetches nothing.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from pathlib import Path
from tempfile import NamedTemporaryFile

from extract.errors import UserError
from extract.facts import Mark
from graph.load import Outcome, State
from viz.tables import Value

ENDINGS = (".html", ".json")
"""How the name of a report ends."""

STATES: Mapping[State, str] = {
    State.LOADED: "読み込み / loaded",
    State.UNCHANGED: "変更なし / unchanged",
    State.REPLACED: "置き換え / replaced",
    State.DUPLICATE: "重複 / duplicate",
    State.FAILED: "失敗 / failed",
    State.REMOVED: "除去 / removed",
}
"""What each state is called."""

_COLUMNS = {
    "path": "文書 / document",
    "state": "結果 / state",
    "facts": "記載 / facts",
    "yes": "印あり / yes",
    "no": "印なし / no",
    "unclear": "不明 / unclear",
    "gaps": "欠落 / gaps",
    "seconds": "秒 / seconds",
    "note": "備考 / note",
}
_STYLE = """
body { font-family: sans-serif; margin: 2rem; color: #1a1a1a; background: #fff; }
table { border-collapse: collapse; margin-bottom: 2rem; }
th, td { border-bottom: 1px solid #bbb; padding: .25rem .6rem; text-align: left; vertical-align: top; }
th { position: sticky; top: 0; background: #fff; }
td.number { text-align: right; font-variant-numeric: tabular-nums; }
tr.failed td { background: #fbe9e7; }
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One build: when it began, how long it took, where to, with which program, and what became of each document."""

    started: datetime
    seconds: float
    store: str
    program: str
    outcomes: Sequence[Outcome]

    @property
    def states(self) -> Counter[State]:
        """How many documents each state has."""
        return Counter(outcome.state for outcome in self.outcomes)

    @property
    def rate(self) -> float:
        """Documents read in a second."""
        read = sum(outcome.seconds > 0 for outcome in self.outcomes)
        return read / self.seconds if self.seconds else 0.0


def write_report(run: Run, path: Path) -> None:
    """Write the report; the file appears only when it is whole. Raises UserError where it cannot be written."""
    text = _page(run) if path.suffix.lower() == ".html" else _json(run)
    try:
        with NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, prefix=f".{path.name}.", delete=False) as draft:
            draft.write(text)
        Path(draft.name).chmod(0o644)
        Path(draft.name).replace(path)
    except OSError as error:
        raise UserError(f"cannot write: {error.strerror}", where=str(path), todo="name another file") from error


def check_report(path: Path) -> None:
    """Raise UserError before anything is done if no report could be written to ``path``."""
    if path.suffix.lower() not in ENDINGS:
        raise UserError("a report ends in .html or .json", where=str(path), todo=f"--report {path.stem}.html")
    if not path.parent.is_dir():
        raise UserError("there is no such folder", where=str(path.parent), todo="name another file")


def row_of(outcome: Outcome) -> dict[str, Value]:
    """Return what is told of one document; nothing where it was not read."""
    counts = outcome.counts
    marks = {state: counts.marks.get(state, 0) if counts else None for state in (Mark.YES, Mark.NO, Mark.UNCLEAR)}
    return {
        "document": outcome.name,
        "path": outcome.path,
        "state": str(outcome.state),
        "facts": counts.facts if counts else None,
        "yes": marks[Mark.YES],
        "no": marks[Mark.NO],
        "unclear": marks[Mark.UNCLEAR],
        "gaps": counts.gaps if counts else None,
        "note": outcome.note,
    }


def _timed(outcome: Outcome) -> dict[str, Value | float]:
    return {**row_of(outcome), "seconds": round(outcome.seconds, 3)}


def _summary(run: Run) -> dict[str, str | int | float]:
    return {
        "started": run.started.isoformat(timespec="seconds"),
        "seconds": round(run.seconds, 1),
        "documents per second": round(run.rate, 2),
        "store": run.store,
        "program": run.program,
        "documents": len(run.outcomes),
        **{str(state): run.states[state] for state in State},
    }


def _json(run: Run) -> str:
    found = {"run": _summary(run), "documents": [_timed(outcome) for outcome in run.outcomes]}
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _page(run: Run) -> str:
    return "\n".join(
        [
            '<!DOCTYPE html>\n<html lang="ja">\n<head><meta charset="utf-8">',
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
            f"<title>mynaflow build</title><style>{_STYLE}</style></head>\n<body>\n<h1>mynaflow build</h1>",
            "<table>",
            *(f"<tr><th>{escape(name)}</th><td>{escape(str(value))}</td></tr>" for name, value in _told(run)),
            "</table>\n<table>",
            f"<tr>{''.join(f'<th>{escape(title)}</th>' for title in _COLUMNS.values())}</tr>",
            *_rows(run),
            "</table>\n</body>\n</html>\n",
        ]
    )


def _told(run: Run) -> Iterator[tuple[str, str | int | float]]:
    names = {str(state): name for state, name in STATES.items()}
    yield from ((names.get(name, name), value) for name, value in _summary(run).items())


def _rows(run: Run) -> Iterator[str]:
    """Yield the rows of the page, what failed first."""
    for outcome in sorted(run.outcomes, key=lambda one: one.state is not State.FAILED):
        cells = _timed(outcome) | {"state": STATES[outcome.state]}
        yield f'<tr class="{outcome.state}">{"".join(map(_cell, (cells[name] for name in _COLUMNS)))}</tr>'


def _cell(value: str | float | None) -> str:
    shown = "" if value is None else escape(str(value))
    return f"<td>{shown}</td>" if isinstance(value, str) else f'<td class="number">{shown}</td>'
