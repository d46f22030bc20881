"""The grammar of citations: which article belongs to which law, which number to which table.

It walks over the phrases of a view once and keeps the running provision. A parenthesis is read with a copy of it,
so that what stands inside does not disturb what follows. What hangs on nothing sure is left out.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from extract.citations.book import kind_of
from extract.citations.joints import (
    AFTER_BARE_ROWS,
    BEFORE_BARE_ROWS,
    COLUMN,
    HAS_ROWS,
    HEADING,
    LABEL,
    NOTE,
    NOTICE_ITEM,
    NUMBER_ACT_TABLE,
    OTHER_STATUTE,
    RELATED,
    ROWS_ONLY,
    Joint,
    find_joint,
    is_far_article,
)
from extract.citations.model import NOWHERE, Carry, Level
from extract.citations.phrases import Part, Phrase
from extract.citations.references import named_again, number_before
from extract.citations.running import Running
from extract.facts import Citation
from extract.laws import NUMBER_ACT, LawKind
from extract.numerals import CIRCLED, expand_range

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from extract.citations.view import View

_FARTHEST = 200
_FARTHEST_FROM_NAME = 40
_FARTHEST_ROWS = 240
_SHORTEST_LIST = 2


class Reader(Running):
    """Reads the phrases of one view, each kind by its production."""

    def __init__(self, view: View, carry: Carry) -> None:
        super().__init__(view, carry)
        self._readers: dict[Part, Callable[[Phrase, Joint], None]] = {
            Part.NAME: self._read_name,
            Part.ARTICLE: self._read_article,
            Part.PARAGRAPH: self._read_paragraph,
            Part.ITEM: self._read_item,
            Part.TABLE: self._read_table,
            Part.ROWS: self._read_rows,
            Part.NUMBERS: self._read_numbers,
            Part.SAME: self._read_same,
            Part.BEFORE: self._read_before,
        }

    def read(self, phrases: Iterable[Phrase]) -> None:
        """Read ``phrases`` to the end; the citations are then in ``found``, in the order of the text."""
        for phrase in phrases:
            if phrase.part is Part.OPEN:
                self.open(phrase)
            elif phrase.part is Part.CLOSE:
                self.close(phrase)
            else:
                self._readers[phrase.part](phrase, find_joint(self.gap(phrase)))
        self.finish()

    def _read_name(self, phrase: Phrase, joint: Joint) -> None:
        column = self.state.level >= Level.TABLE and COLUMN.match(self.view.text, phrase.end)
        if phrase.name and not column:
            self.enter_law(phrase, phrase.name.law, listed=joint in {Joint.LISTED, Joint.NEXT})

    # --- articles, paragraphs, items ---

    def _read_article(self, phrase: Phrase, joint: Joint) -> None:
        law = self.state.at.law
        if not law or not phrase.numbers or (joint is Joint.FAR and not phrase.ordinal):
            return
        if RELATED.match(self.view.text, phrase.end):
            return
        if joint is Joint.FAR and not self._reaches(phrase):
            self.lose_law(phrase)
            return
        numbers = self._ranged(phrase, joint, Level.ARTICLE, self.state.at.article)
        level = self.state.level
        refine = (level is Level.LAW and joint is not Joint.FAR) or (level is Level.ARTICLE and joint is Joint.RANGE)
        self.put((Citation(law=law, article=number) for number in numbers), phrase, Level.ARTICLE, refine=refine)

    def _reaches(self, phrase: Phrase) -> bool:
        gap = self.gap(phrase)
        near = len(gap) <= _FARTHEST
        if self.state.level is Level.LAW:
            near = len(gap) <= _FARTHEST_FROM_NAME and "。" not in gap
        return near and is_far_article(gap, glued=phrase.start not in self.view.gaps)

    def _ranged(self, phrase: Phrase, joint: Joint, level: Level, first: str) -> tuple[str, ...]:
        """Return the phrase's numbers; after 「から」 those from ``first`` on, which was read before."""
        plain = first.replace("の", "").isdigit() and phrase.numbers[0].replace("の", "").isdigit()
        if joint is Joint.RANGE and self.state.level is level and self.pending and plain:
            return (*expand_range(first, phrase.numbers[0]), *phrase.numbers[1:])
        return phrase.numbers

    def _read_paragraph(self, phrase: Phrase, joint: Joint) -> None:
        at, level = self.state.at, self.state.level
        headed = level is Level.TABLE and HEADING.search(self.gap(phrase)) is not None
        if level in {Level.TABLE, Level.ROW} and (headed or joint is not Joint.FAR):
            self._read_rows(phrase, joint)
            return
        if phrase.word and at.law and joint is not Joint.FAR:
            at = Citation(law=at.law, article=phrase.word)
        elif not at.article or level in {Level.TABLE, Level.ROW}:
            return
        if (joint is Joint.FAR and not self._is_labelled(phrase)) or NOTE in self.gap(phrase):
            return
        numbers = self._ranged(phrase, joint, Level.PARAGRAPH, at.paragraph)
        below = Citation(law=at.law, article=at.article)
        refine = level in {Level.LAW, Level.ARTICLE} and joint in {Joint.NEXT, Joint.LISTED}
        self.put(
            (replace(below, paragraph=number) for number in numbers),
            phrase,
            Level.PARAGRAPH,
            refine=refine or (joint is Joint.RANGE and level is Level.PARAGRAPH),
        )

    def _is_labelled(self, phrase: Phrase) -> bool:
        gap = self.gap(phrase)
        glued = phrase.start not in self.view.gaps
        return phrase.ordinal and LABEL.fullmatch(gap) is not None and is_far_article(gap, glued=glued)

    def _read_item(self, phrase: Phrase, joint: Joint) -> None:
        at, level = self.state.at, self.state.level
        if level in {Level.TABLE, Level.ROW} and at.law == NUMBER_ACT and joint is not Joint.FAR:
            self._read_rows(phrase, joint)  # its tables have no 号: the row is meant
            return
        if (
            joint is Joint.FAR
            or not (at.article or (level is Level.TABLE and joint is Joint.NEXT))
            or level is Level.ROW
        ):
            return
        numbers = self._ranged(phrase, joint, Level.ITEM, at.item)
        subitems = phrase.subitems if len(numbers) == 1 and phrase.subitems else ("",)
        refine = level in {Level.ARTICLE, Level.PARAGRAPH, Level.TABLE} or (
            joint is Joint.RANGE and level is Level.ITEM
        )
        below = replace(at, item="", subitem="")
        items = (replace(below, item=number, subitem=subitem) for number in numbers for subitem in subitems)
        self.put(items, phrase, Level.ITEM, refine=refine)

    # --- tables and rows ---

    def _read_table(self, phrase: Phrase, joint: Joint) -> None:
        at, level = self.state.at, self.state.level
        if not at.law and NUMBER_ACT_TABLE.match(self.view.text, phrase.end):
            at = Citation(law=NUMBER_ACT)
        if not at.law or not phrase.numbers:
            return
        if phrase.numbers == ("表",):
            if joint is Joint.NEXT and level in {Level.ARTICLE, Level.PARAGRAPH}:
                self.put([replace(at, table="表")], phrase, Level.TABLE, refine=True)
                self._pass_heading(phrase)
            return
        heading = HEADING.match(self.view.text, phrase.end) is not None
        if joint is not Joint.NEXT and not (phrase.ordinal or heading or self._has_rows(phrase)):
            return
        if self.state.at.law and (joint is Joint.FAR or (joint is Joint.LISTED and at.law.startswith(NUMBER_ACT))):
            at = self._far_table(phrase)
            if not at.law:
                return
        inside = self.gap(phrase).endswith("(")
        near = bool(self.pending) or inside
        deeper = (
            near
            and joint is Joint.NEXT
            and level <= Level.ITEM
            and not heading
            and (not inside or self._only_rows(phrase))
        )
        below = replace(at, table="", table_item="") if deeper else Citation(law=at.law)
        if deeper and inside:
            self.take_outer()
        self.put((replace(below, table=table) for table in phrase.numbers), phrase, Level.TABLE, refine=deeper)
        self._pass_heading(phrase)

    def _pass_heading(self, phrase: Phrase) -> None:
        """Let a heading cite nothing by itself: only its rows count."""
        if HEADING.match(self.view.text, phrase.end):
            self.pending = []

    def _only_rows(self, phrase: Phrase) -> bool:
        close = self.inner_end()
        return close is not None and ROWS_ONLY.fullmatch(self.view.text, phrase.end, close) is not None

    def _has_rows(self, phrase: Phrase) -> bool:
        return HAS_ROWS.match(self.view.text, phrase.end) is not None

    def _far_table(self, phrase: Phrase) -> Citation:
        """Return the number act for a table far from its law: only this act's are cited so, if it was named."""
        own = OTHER_STATUTE.search(self.gap(phrase))
        known = NUMBER_ACT in {self.state.at.law, *self.state.named}
        return Citation(law=NUMBER_ACT) if known and not own else NOWHERE

    def _read_rows(self, phrase: Phrase, joint: Joint) -> None:
        gap = self.gap(phrase)
        if joint is not Joint.FAR or ("。" not in gap and len(gap) <= _FARTHEST_ROWS):
            self._put_rows(phrase, joint)

    def _put_rows(self, phrase: Phrase, joint: Joint) -> None:
        at = replace(self.state.at, table_item="")
        if not at.table or not phrase.numbers:
            return
        numbers = self._ranged(phrase, joint, Level.ROW, self.state.at.table_item)
        first = self.take_table(at)
        start = first if first is not None and joint is Joint.NEXT else phrase.start
        ranged = joint is Joint.RANGE and self.state.level is Level.ROW
        self.put((replace(at, table_item=number) for number in numbers), phrase, Level.ROW, refine=ranged)
        self.pending = [replace(one, start=min(start, one.start)) for one in self.pending]

    def _read_numbers(self, phrase: Phrase, joint: Joint) -> None:
        """Read a list without 「の項」: rows under a table or its heading; 第10の1(2) of a notice."""
        law = self.state.at.law
        if phrase.ordinal and law and kind_of(law) is LawKind.NOTICE:
            self._read_section(phrase, joint)
            return
        end = phrase.end
        closed = AFTER_BARE_ROWS.match(self.view.text, end) or self.view.breaks_at(end)
        if self.state.level is not Level.TABLE or not closed or not phrase.numbers or self._is_numbering(phrase):
            return
        gap = self.gap(phrase)
        many = len(phrase.numbers) >= _SHORTEST_LIST or BEFORE_BARE_ROWS.fullmatch(gap)
        if joint is Joint.NEXT or (many and "。" not in gap and len(gap) <= _FARTHEST_ROWS):
            self._put_rows(phrase, joint)

    def _is_numbering(self, phrase: Phrase) -> bool:
        """Tell whether a number opens a line of its own matter: (2) or ②."""
        text, start = self.view.text, phrase.start
        bracketed = (
            text.startswith("(", start - 1) and text.startswith(")", phrase.end) and self.view.breaks_at(start - 1)
        )
        return len(phrase.numbers) == 1 and (bracketed or (text[start] in CIRCLED and self.view.breaks_at(start)))

    def _read_section(self, phrase: Phrase, joint: Joint) -> None:
        law, level = self.state.at.law, self.state.level
        if not (joint is Joint.NEXT or (joint is Joint.LISTED and level is Level.ITEM)) or not phrase.numbers:
            return
        article, _, paragraph = phrase.numbers[0].partition("の")
        item = NOTICE_ITEM.match(self.view.text, phrase.end)
        if item:
            phrase = replace(phrase, end=item.end())
        section = Citation(law=law, article=article, paragraph=paragraph, item=item["item"] if item else "")
        self.put([section], phrase, Level.ITEM, refine=level is Level.LAW)

    # --- 同条, 同法, 前項 ---

    def _read_same(self, phrase: Phrase, joint: Joint) -> None:
        at = self.state.at
        parts = {
            "条": (at.article, Level.ARTICLE, Citation(law=at.law, article=at.article)),
            "項": (at.paragraph, Level.PARAGRAPH, Citation(law=at.law, article=at.article, paragraph=at.paragraph)),
            "号": (at.item, Level.ITEM, replace(at, subitem="", table="", table_item="")),
            "表": (at.table, Level.TABLE, replace(at, table_item="")),
        }
        if phrase.word in parts:
            printed, level, citation = parts[phrase.word]
            if printed:
                self.put([citation], phrase, level, refine=False)
            return
        law = named_again(phrase.word, self.state.named)
        if law:
            self.enter_law(phrase, law, listed=joint is not Joint.FAR)
        else:
            self.lose_law(phrase)

    def _read_before(self, phrase: Phrase, _joint: Joint) -> None:
        at = self.state.at
        gap = self.gap(phrase)
        if "。" in gap or len(gap) > _FARTHEST:
            return
        number = number_before({"条": at.article, "項": at.paragraph, "号": at.item}[phrase.word])
        if not number:
            return
        below = Citation(law=at.law, article=at.article)
        citation, level = {
            "条": (replace(below, article=number), Level.ARTICLE),
            "項": (replace(below, paragraph=number), Level.PARAGRAPH),
            "号": (replace(below, paragraph=at.paragraph, item=number), Level.ITEM),
        }[phrase.word]
        self.put([citation], phrase, level, refine=False)
