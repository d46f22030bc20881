"""The command line: finds the command's module, runs it, and turns errors into three short lines.

Only the module of the chosen command is imported, so that a small question stays fast.
"""

from __future__ import annotations

import argparse
import difflib
import os
import sys
from collections.abc import Iterable
from importlib import import_module
from typing import Protocol, cast

from extract.errors import UnknownName, UserError

COMMANDS: dict[str, tuple[str, str]] = {
    "read": ("評価書を読み、記載事項を根拠つきで示す", "read documents; print the facts with their evidence"),
    "receipt": ("どれだけ読めたか、何が欠けているかを示す", "show how much of each document was read"),
    "build": ("評価書のグラフを作る、または更新する", "build or update the graph of a set of documents"),
    "ask": ("監査人の問いに答える", "answer one of the auditors' questions"),
    "trace": ("情報の流れを上流・下流にたどる", "trace flows upstream, downstream, or between two ends"),
    "view": ("流れの図をHTMLに書き出す", "write a picture of the flows that opens offline"),
    "serve": ("SPARQLで問い合わせを受ける", "answer SPARQL and show the graph in a browser"),
    "export": ("グラフを書き出す", "write the graph in another format"),
    "check": ("グラフを制約と推論で検査する", "validate the graph with SHACL and a reasoner"),
    "samples": ("見本の評価書を書き出す", "write the sample documents to a folder"),
}


class Command(Protocol):
    """What each module in viz.commands offers."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the command's arguments."""

    def run(self, args: argparse.Namespace) -> int:
        """Do the work; return the exit code (0 right, 1 done with failures, 2 the user's mistake)."""


def main(argv: list[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    words = sys.argv[1:] if argv is None else argv
    try:
        return _run(words)
    except UserError as error:
        print(f"mynaflow: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("mynaflow: stopped", file=sys.stderr)
        return 130


def _run(words: list[str]) -> int:
    if not words or words[0] in ("-h", "--help"):
        print(_overview())
        return 0
    name = words[0]
    if name == "--version":
        from importlib.metadata import version

        print(f"mynaflow {version('mynaflow')}")
        return 0
    if name not in COMMANDS:
        raise UnknownName(f"no command {name!r}", todo=did_you_mean(name, COMMANDS) or "mynaflow --help lists them")
    command = cast("Command", import_module(f"viz.commands.{name}"))
    ja, en = COMMANDS[name]
    parser = argparse.ArgumentParser(prog=f"mynaflow {name}", description=f"{ja} / {en}")
    command.add_arguments(parser)
    return command.run(parser.parse_args(words[1:]))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a suggestion of the names nearest to ``word``, or an empty string.

    >>> did_you_mean("bild", ["build", "ask"])
    'did you mean build?'
    """
    near = difflib.get_close_matches(word, list(known), n=3, cutoff=0.5)
    return f"did you mean {', '.join(near)}?" if near else ""


def _overview() -> str:
    width = max(map(len, COMMANDS))
    rows = [f"  {name:{width}}  {ja} / {en}" for name, (ja, en) in COMMANDS.items()]
    head = "mynaflow: 特定個人情報保護評価書を読み、個人番号の流れに答える / where personal numbers flow"
    return "\n".join([head, "", "usage: mynaflow COMMAND …   (mynaflow COMMAND --help)", "", *rows])


if __name__ == "__main__":
    sys.exit(main())
