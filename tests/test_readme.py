"""The READMEs: every command in them runs, every quoted output is what it prints, and both languages agree."""

from __future__ import annotations

import re
import shutil
import subprocess
from difflib import unified_diff
from pathlib import Path

import pytest

from queries.catalog import find_question, question_names
from tests.readme import matches, parse_examples, requote, run_session
from viz.cli import COMMANDS
from viz.inputs import READERS

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.ja.md")
TOOLS = ("ruff format --check", "ruff check", "mypy", "lint-imports", "-m pytest")

needs_make = pytest.mark.skipif(not shutil.which("make") or not shutil.which("bash"), reason="needs make and bash")
needs_curl = pytest.mark.skipif(not shutil.which("curl"), reason="needs curl")


def text_of(name: str) -> str:
    """Return the text of a file at the root."""
    return (ROOT / name).read_text(encoding="utf-8")


@needs_make
@needs_curl
def test_commands_print_what_is_quoted(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """The commands of the README run one after the other and print what is quoted after them."""
    for name in ("Makefile", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    examples = parse_examples(text_of("README.md"))
    printed = run_session(examples, tmp_path)
    if request.config.getoption("--update-golden", default=False):
        for name in READMES:
            rewrite(ROOT / name, printed)
        return
    changed = [
        difference(example.output.text, output)
        for example, output in zip(examples, printed, strict=True)
        if example.output and not matches(example.output.text, output)
    ]
    assert not changed, "\n".join(["pytest tests/test_readme.py --update-golden quotes anew:", *changed])


def difference(quoted: str, printed: str) -> str:
    """Return what would change in the README."""
    return "\n".join(unified_diff(quoted.splitlines(), requote(quoted, printed).splitlines(), lineterm="", n=0))


def rewrite(path: Path, printed: list[str]) -> None:
    """Put new outputs in place of the quoted ones, from the last to the first so that places hold."""
    text = path.read_text(encoding="utf-8")
    for example, output in reversed(list(zip(parse_examples(text), printed, strict=True))):
        if quoted := example.output:
            text = text[: quoted.start] + requote(quoted.text, output) + text[quoted.end :]
    path.write_text(text, encoding="utf-8", newline="\n")


def test_both_languages_show_the_same() -> None:
    """Both READMEs hold the same commands with the same outputs, in the same order."""
    english, japanese = (
        [(one.commands, one.output.text if one.output else None) for one in parse_examples(text_of(name))]
        for name in READMES
    )
    assert english == japanese


@pytest.mark.parametrize("name", READMES)
def test_every_question_stands_in_the_table(name: str) -> None:
    """The table of questions has a row for each one in the catalogue, with what it answers, and no other."""
    rows = re.findall(r"^\| `([a-z-]+)` \| (.*) \|$", text_of(name), re.MULTILINE)
    is_japanese = name.endswith(".ja.md")
    questions = [find_question(one) for one in question_names()]
    wanted = {one.name: one.about_ja if is_japanese else one.about_en for one in questions}
    assert {key: about.replace(r"\|", "|") for key, about in rows} == wanted


@pytest.mark.parametrize("name", READMES)
def test_every_command_is_shown(name: str) -> None:
    """Each command of the program is used in the README at least once."""
    commands = "".join(one.commands for one in parse_examples(text_of(name)))
    assert [one for one in COMMANDS if f"mynaflow {one}" not in commands] == []


@pytest.mark.parametrize("name", READMES)
def test_every_kind_of_file_is_named(name: str) -> None:
    """The README names the ending of each kind of file that can be read."""
    text = text_of(name)
    assert [ending for ending in READERS if f"`{ending}`" not in text] == []


@pytest.mark.parametrize("name", READMES)
def test_links_lead_somewhere(name: str) -> None:
    """Links to files of the project name files that exist."""
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", text_of(name))
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


@needs_make
def test_make_check_runs_every_tool() -> None:
    """``make check``, which the README names and ``.ci/run`` runs, is format, lint, types, layers and tests."""
    listed = subprocess.run(
        ["make", "--dry-run", "--old-file=.venv/.installed", "check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert [tool for tool in TOOLS if tool not in listed] == []
    assert "make check" in text_of(".ci/run")
    assert all("make check" in text_of(name) for name in READMES)
