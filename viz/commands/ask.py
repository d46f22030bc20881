"""``mynaflow ask``: answers a named question, or lists the questions in Japanese and English."""

from __future__ import annotations

import argparse
from pathlib import Path

from extract.errors import UnknownName
from graph.places import open_place, parse_place
from queries.catalog import Question, ask, find_question, question_names
from viz.tables import FORMATS, print_rows, visible

DEFAULT_STORE = Path("mynaflow-store")
"""Where commands look for the store unless told."""


def add_store(parser: argparse.ArgumentParser) -> None:
    """Declare which store is meant: a folder, or a server."""
    parser.add_argument(
        "--store",
        type=parse_place,
        default=DEFAULT_STORE,
        metavar="DIR|URL",
        help="ストアのフォルダまたはサーバー / the store's folder or server",
    )


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("name", nargs="?", help="問いの名。なければ一覧 / the question; without it, the list of them")
    parser.add_argument(
        "-p", "--parameter", action="append", default=[], metavar="KEY=VALUE", help="問いに与える値 / a value for it"
    )
    add_store(parser)
    parser.add_argument("--format", choices=sorted(FORMATS), default="table", help="出力の形 / how to print")
    parser.add_argument("--describe", action="store_true", help="問いの列と値を示す / show its columns and parameters")


def run(args: argparse.Namespace) -> int:
    """Answer the question, or list them all."""
    if args.name is None:
        _list(args.format)
        return 0
    question = find_question(args.name)
    if args.describe:
        _describe(question)
        return 0
    answer = ask(open_place(args.store), question, _values(args.parameter))
    print_rows(args.format, answer.columns, answer.rows)
    return 0


def _values(words: list[str]) -> dict[str, str]:
    values = {}
    for word in words:
        name, sign, value = word.partition("=")
        if not sign:
            raise UnknownName(f"not a value: {word!r}", todo=f"-p {word}=VALUE")
        values[name] = value
    return values


def _list(form: str) -> None:
    questions = [find_question(name) for name in question_names()]
    if form != "table":
        print_rows(form, ("name", "ja", "en"), [(one.name, one.ja, one.en) for one in questions])
        return
    width = max(len(one.name) for one in questions)
    for one in questions:
        print(f"{one.name:{width}}  {one.ja} / {one.en}")
    print("\nmynaflow ask NAME --describe   列と値 / columns and parameters")


def _describe(question: Question) -> None:
    print(
        f"{question.name}: {question.ja} / {question.en}\n  {question.about_ja}\n  {question.about_en}\n\n-p KEY=VALUE"
    )
    for parameter in question.parameters:
        default = f" [{parameter.default}]" if parameter.default else ""
        print(f"  {parameter.name} ({parameter.type}){default}  {visible(parameter.ja)} / {parameter.en}")
    print("\ncolumns")
    for column in question.columns:
        print(f"  {column.name} ({column.type})  {column.ja} / {column.en}")
