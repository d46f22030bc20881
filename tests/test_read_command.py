"""``mynaflow read`` and ``mynaflow receipt``: facts with their evidence, for people and as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from extract.facts import Facts
from tests.conftest import Told
from tests.documents import swap, tabbed
from viz.commands.read import ReadDocument

Run = Callable[..., Told]


@pytest.fixture
def document(tmp_path: Path) -> Path:
    """Return the file of an assessment."""
    path = tmp_path / "架空市_税.txt"
    path.write_text(tabbed(), encoding="utf-8")
    return path


def documents_of(told: Told) -> list[dict[str, Any]]:
    """Return what a command printed as JSON."""
    found: list[dict[str, Any]] = json.loads(told.out)
    return found


def test_people_see_facts_with_their_place(mynaflow: Run, document: Path) -> None:
    """Each fact on a line, with form item, line and quote."""
    told = mynaflow("read", document)
    assert told.code == 0
    assert "架空市民税に関する事務" in told.out
    assert "⟵ II-4.1" in told.out
    assert "「株式会社見本情報」" in told.out


def test_json_holds_every_fact(mynaflow: Run, document: Path) -> None:
    """The facts of the document, its hash and its receipt."""
    (found,) = documents_of(mynaflow("read", document, "--json"))
    assert (found["document"], len(found["sha256"])) == (document.name, 64)
    assert found["facts"]["evaluation"]["agency"] == "架空市"
    assert found["facts"]["connections"][1]["mark"]["state"] == "yes"
    assert found["receipt"]["facts"]["entrustments"] == 1


def test_json_is_read_back_as_facts(mynaflow: Run, document: Path) -> None:
    """The output is the facts, no less and no more."""
    told = mynaflow("read", document, "--json")
    (again,) = msgspec.json.decode(told.out, type=list[ReadDocument])
    assert isinstance(again.facts, Facts)
    assert again.facts.systems[0].name == "架空税務システム"


def test_the_schema_is_the_golden_one(mynaflow: Run, golden: Callable[[str, str], None]) -> None:
    """What other programs rely on changes only on purpose."""
    golden("facts.schema.json", mynaflow("read", "--schema").out)


def test_quotes_in_json_stand_in_the_text(mynaflow: Run, document: Path) -> None:
    """Offsets count characters of the decoded text."""
    text = document.read_text(encoding="utf-8")
    (found,) = documents_of(mynaflow("read", document, "--json"))
    quotes = [one for fact in found["facts"]["media"] for one in fact["evidence"]]
    assert quotes
    assert all(text[one["start"] : one["end"]] == one["quote"] for one in quotes)


def test_no_file_is_a_mistake(mynaflow: Run) -> None:
    """The message says what to give."""
    told = mynaflow("read")
    assert told.code == 2
    assert "mynaflow read FILE" in told.err


def test_one_bad_file_does_not_hide_the_others(mynaflow: Run, document: Path) -> None:
    """The others are printed, the bad one is told, and the exit code says so."""
    (document.parent / "お知らせ.txt").write_text("評価書ではない。", encoding="utf-8")
    told = mynaflow("read", document.parent, "--json")
    assert told.code == 1
    assert [one["document"] for one in documents_of(told)] == [document.name]
    assert "お知らせ.txt" in told.err


def test_the_receipt_alone(mynaflow: Run, document: Path) -> None:
    """How much was read, without the facts."""
    told = mynaflow("receipt", document)
    assert told.code == 0
    assert "枠の印" in told.out
    assert "⟵" not in told.out
    (found,) = documents_of(mynaflow("receipt", document, "--json"))
    assert found["marks"]["unclear"] == 0


def test_the_receipt_tells_gaps(mynaflow: Run, document: Path) -> None:
    """What is missing is printed in words."""
    document.write_text(tabbed(entrust=swap("entrust", "(1) 件", "(3) 件")), encoding="utf-8")
    assert "委託は3件" in mynaflow("receipt", document).out


def test_text_of_a_document_cannot_steer_the_terminal(mynaflow: Run, document: Path) -> None:
    """Escape sequences and turned writing in a name are shown as signs."""
    document.write_text(
        tabbed(systems=swap("systems", "架空税務システム", "架空\x1b[31m\u202e税務システム")), encoding="utf-8"
    )
    told = mynaflow("read", document)
    assert told.code == 0
    assert "\x1b" not in told.out
    assert "\u202e" not in told.out
