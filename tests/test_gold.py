"""The real assessments and our own samples against their hand-made annotations, through the command line.

What was reached stays reached: the floors of ``gold_floors.json`` only rise. A box falsely ticked, a quote
beside its place, a denied movement asserted, or a body wrongly reached fails at once.
"""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.floors import below_floor

MYNAFLOW = (sys.executable, "-m", "viz.cli")
WHOLE = ("quotes", "denied-flows")
"""Tables in which nothing may be wrong."""


def score(documents: Path, gold: Path, scorer: Path, folder: Path) -> dict[str, Any]:
    """Build a store of the documents, ask it every question, and return the scorer's totals."""
    store, answers = folder / "store", folder / "scores.json"
    files = [str(documents / f"{path.stem}.txt") for path in sorted(gold.glob("[0-9]*.json"))]
    subprocess.run([*MYNAFLOW, "build", *files, "--store", str(store)], cwd=ROOT, check=True, capture_output=True)
    ask = shlex.join([*MYNAFLOW, "ask", "NAME", "--store", str(store), "--format", "json"]).replace("NAME", "{name}")
    words = ["--gold", str(gold), "--seeds", str(documents), "--ask", ask, "--json", str(answers)]
    if (gold / "traces.json").exists():
        words += ["--trace", shlex.join([*MYNAFLOW, "trace", "--store", str(store), "--format", "json"])]
    done = subprocess.run([sys.executable, str(scorer), *words], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    total: dict[str, Any] = json.loads(answers.read_text(encoding="utf-8"))["total"]
    return total


def check(section: str, total: dict[str, Any], *, update: bool) -> None:
    """Compare the totals with their floors, and with what admits no error."""
    traces = total.pop("traces", None)
    reached = {name: table["f1"] for name, table in total.items()}
    assert {name: table["false_yes"] for name, table in total.items() if table["false_yes"]} == {}
    assert {name: reached[name] for name in WHOLE if reached[name] < 1.0} == {}
    if traces:
        assert traces["wrong"] == 0
        reached["traces reached"] = traces["reached"] / traces["wanted"]
        reached["traces whole"] = traces["whole"] / traces["questions"]
    assert below_floor(section, reached, update=update) == []


@pytest.mark.real
@pytest.mark.slow
def test_real_assessments(shared: Path, tmp_path: Path, update_golden: bool) -> None:
    """Three published assessments of three agencies, and the questions of an auditor who traces flows."""
    total = score(shared / "seeds", shared / "gold", shared / "score.py", tmp_path)
    check("real", total, update=update_golden)


@pytest.mark.real
@pytest.mark.slow
def test_samples(shared: Path, tmp_path: Path, update_golden: bool) -> None:
    """The shipped samples, which show every damage we know, by the same scorer."""
    total = score(ROOT / "extract" / "samples", ROOT / "tests" / "gold", shared / "score.py", tmp_path)
    check("samples", total, update=update_golden)
