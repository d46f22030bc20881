"""Reads the examples of a README and runs them: ``sh`` blocks are commands, a ``text`` block after one is its output.

All commands of a README are one session, in the order of the text. A line ``…`` in an output stands for any
number of lines.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ANY_LINES = "…"
_BLOCK = re.compile(r"^```(?P<language>\w*)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)
_NEXT = "\x1e"
# The environment is there already, and `make check` runs the tests that run these commands.
# A server left running by a failure would hold the output open.
_PREAMBLE = """set -euo pipefail
trap 'kill $(jobs -p) 2>/dev/null || true' EXIT
make() {
    if [[ $1 == check ]]; then return; fi
    command make --old-file="$TESTED_VENV/.installed" VENV="$TESTED_VENV" "$@"
}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A fenced block; ``start`` and ``end`` enclose its text in the README."""

    language: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """Commands, and the output quoted after them; None where none is."""

    commands: str
    output: Block | None


def parse_examples(text: str) -> list[Example]:
    r"""Return the examples of a README.

    >>> [one.commands for one in parse_examples("```sh\nls\n```\n```text\na\n```\n```sh\npwd\n```\n")]
    ['ls\n', 'pwd\n']
    """
    blocks = [
        Block(language=one["language"], text=one["text"], start=one.start("text"), end=one.end("text"))
        for one in _BLOCK.finditer(text)
    ]
    followers = [*blocks[1:], None]
    return [
        Example(commands=block.text, output=after if after and after.language == "text" else None)
        for block, after in zip(blocks, followers, strict=True)
        if block.language == "sh"
    ]


def run_session(examples: list[Example], folder: Path) -> list[str]:
    """Run all commands in ``folder`` with the Python of the tests; return what each example printed."""
    marked = "".join(f"printf '\\036'\n{example.commands}" for example in examples)
    done = subprocess.run(
        ["bash", "-c", _PREAMBLE + marked], cwd=folder, env=_environment(), capture_output=True, text=True, check=False
    )
    printed = done.stdout.split(_NEXT)[1:]
    assert done.returncode == 0, f"{examples[len(printed) - 1].commands}failed:\n{done.stderr}"
    return printed


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS", "COLUMNS"))}
    commands = str(Path(sys.executable).parent)
    return kept | {"PATH": f"{commands}{os.pathsep}{kept['PATH']}", "TESTED_VENV": sys.prefix, "LC_ALL": "C.UTF-8"}


def matches(quoted: str, printed: str) -> bool:
    r"""Tell whether ``printed`` is what ``quoted`` shows.

    >>> matches("a\n…\nd\n", "a\nb\nc\nd\n"), matches("a\nd\n", "a\nb\nd\n")
    (True, False)
    """
    parts = ["(?:.*\n)*?" if line == ANY_LINES else re.escape(line) + "\n" for line in _lines(quoted)]
    return re.fullmatch("".join(parts), "".join(f"{line}\n" for line in _lines(printed))) is not None


def requote(quoted: str, printed: str) -> str:
    r"""Return ``printed`` cut as ``quoted`` is: as many lines before and after its ``…``.

    >>> requote("a\n…\nd\n", "A\nB\nC\nD\n")
    'A\n…\nD\n'
    """
    old, new = _lines(quoted), _lines(printed)
    if ANY_LINES in old:
        at = old.index(ANY_LINES)
        after = len(old) - at - 1
        new = [*new[:at], ANY_LINES, *new[len(new) - after :]]
    return "".join(f"{line}\n" for line in new)


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.rstrip("\n").split("\n")]
