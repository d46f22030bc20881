"""Shows which facts the working copy gains and loses against a commit: ``python -m tests.gold_diff [COMMIT]``.

Reads the shipped samples, and the real assessments where they are at hand, with both programs. The
committed one is unpacked into a temporary folder; the checkout is not touched.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tarfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).parents[1]
FOLDERS = (ROOT.parent / "shared" / "seeds", ROOT / "extract" / "samples")
_LONGEST = 160

Line = tuple[str, int, str]
"""Kind of fact, line of its first quote, and what it says."""


def main(argv: list[str] | None = None) -> int:
    """Print the differences; return 0 whatever they are."""
    commit = next(iter(sys.argv[1:] if argv is None else argv), "HEAD")
    files = sorted(path for folder in FOLDERS for path in folder.glob("*.txt"))
    with TemporaryDirectory() as folder:
        unpack(commit, Path(folder))
        before = read_with(Path(folder), files)
    after = read_with(ROOT, files)
    for name in sorted(before.keys() | after.keys()):
        sys.stdout.write("\n".join(difference(name, before.get(name, Counter()), after.get(name, Counter()))) + "\n")
    return 0


def unpack(commit: str, folder: Path) -> None:
    """Write the files of a commit to a folder."""
    packed = subprocess.run(["git", "-C", str(ROOT), "archive", commit], check=True, capture_output=True)
    with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
        archive.extractall(folder, filter="data")


def read_with(program: Path, files: list[Path]) -> dict[str, Counter[Line]]:
    """Return the facts that the program in a folder reads of each file."""
    words = [sys.executable, "-m", "viz.cli", "read", "--json", *map(str, files)]
    done = subprocess.run(words, cwd=program, capture_output=True, text=True, check=False)
    if not done.stdout:
        raise SystemExit(f"{program}: {done.stderr}")
    return {one["document"]: Counter(lines_of(one["facts"])) for one in json.loads(done.stdout)}


def lines_of(facts: dict[str, Any]) -> Iterator[Line]:
    """Return a line for each fact, and for each field of the cover."""
    for kind, rows in facts.items():
        for row in rows if isinstance(rows, list) else [rows]:
            line = row["evidence"][0]["line"]
            said = {name: told(value) for name, value in row.items() if name != "evidence"}
            if kind == "evaluation":
                yield from ((kind, line, f"{name}={value}") for name, value in said.items())
            else:
                yield kind, line, " ".join(f"{name}={value}" for name, value in said.items() if value)


def told(value: Any) -> str:
    """Return a field's value in few words; of a mark its state and basis.

    >>> told(["甲", "乙"]), told({"state": "yes", "basis": "glyph", "why": "…"}), told(None)
    ('甲、乙', 'yes/glyph', '')
    """
    if isinstance(value, list):
        return "、".join(map(told, value))
    if isinstance(value, dict):
        if "state" in value:
            return f"{value['state']}/{value['basis']}"
        return "|".join(map(told, value.values()))
    return "" if value is None else str(value)


def difference(name: str, before: Counter[Line], after: Counter[Line]) -> Iterator[str]:
    """Return the lost facts with a minus and the gained ones with a plus, in the order of the text."""
    lost, gained = before - after, after - before
    yield f"{name}: {sum(lost.values())} lost, {sum(gained.values())} gained, {sum((before & after).values())} as before"
    rows = [("-", row) for row in lost.elements()] + [("+", row) for row in gained.elements()]
    for sign, (kind, line, said) in sorted(rows, key=lambda row: (row[1][0], row[1][1], row[0])):
        yield f"  {sign} {kind} {line}: {said[:_LONGEST]}"


if __name__ == "__main__":
    sys.exit(main())
