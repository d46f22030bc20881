"""The receipt: how much of a document was read, and what of it was not."""

from __future__ import annotations

import re

from extract.facts import Mark
from tests.documents import PARTS, read, swap, tabbed

BOX = '<input type="checkbox"/>'


def test_it_counts_the_text() -> None:
    """Characters and lines are those of the decoded text."""
    text = tabbed()
    receipt = read(text).receipt
    assert (receipt.document, receipt.form) == ("架空市_税.txt", "全項目")
    assert (receipt.characters, receipt.lines) == (len(text), text.count("\n") + 1)


def test_it_counts_what_was_found() -> None:
    """Facts by kind, marks by state: the same numbers as the facts themselves."""
    reading = read(tabbed())
    facts, receipt = reading.facts, reading.receipt
    assert receipt.facts["systems"] == len(facts.systems) == 1
    assert receipt.facts["media"] == len(facts.media)
    states = [one.mark.state for one in facts.connections] + [one.mark.state for one in facts.categories]
    states += [one.mark.state for one in facts.sources] + [one.mark.state for one in facts.media]
    assert receipt.marks == {state.value: states.count(state) for state in Mark}
    assert sum(receipt.marks_by_basis.values()) == len(states)


def test_it_lists_the_items_of_the_form() -> None:
    """Each item found by its id, in the order of the form."""
    items = read(tabbed()).receipt.items
    assert items["I-1.①"] == items["II-4.⑥"] == 1
    assert list(items).index("I-1.①") < list(items).index("II-2.①") < list(items).index("II-6.①")


def test_a_lost_label_is_told() -> None:
    """An item found by its place alone is marked as such."""
    receipt = read(tabbed(file=swap("file", "⑥事務担当部署\t", "\t"))).receipt
    assert receipt.labels_lost == ("事務担当部署",)


def test_lost_marks_are_told_by_what_they_rest_on() -> None:
    """A list that the scan lost is counted as lost, not as empty."""
    get = re.sub(r"\[[ ○]\]", BOX, PARTS["get"])
    receipt = read(tabbed(get=get)).receipt
    assert receipt.marks["unclear"] == receipt.marks_by_basis["lost"] == 13
    assert receipt.marks_by_basis["parenthesis"] == 1


def test_sentences_that_gave_no_movement_are_quoted() -> None:
    """Nothing that speaks of a movement is passed over in silence."""
    prose = "架空税務システムから架空証明システムへ税額を送信する。職員が届書を受け付ける。"
    reading = read(tabbed(business=swap("business", "住民の申告を受け付け、税額を計算する。", prose)))
    assert reading.receipt.sentences_read >= 1
    assert reading.receipt.sentences_unread == len(reading.receipt.unread)
    assert any("届書を受け付ける" in one.quote for one in reading.receipt.unread)


def test_gaps_and_counts_are_repeated() -> None:
    """What is missing stands in the receipt too."""
    reading = read(tabbed(entrust=swap("entrust", "(1) 件", "(3) 件")))
    assert reading.receipt.gaps == tuple(gap.what for gap in reading.facts.gaps)
    declared = {(one.what, one.declared, one.found) for one in reading.receipt.declared}
    assert ("entrustment", 3, 1) in declared
