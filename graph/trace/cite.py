"""How a provision is read aloud."""

from __future__ import annotations

from extract.facts import Citation


def cite(citation: Citation) -> str:
    """Return the provision as a document would print it.

    >>> cite(Citation(law="番号法", article="9", paragraph="1", table="別表", table_item="85"))
    '番号法第9条第1項別表の85の項'
    >>> cite(Citation(law="高齢者の医療の確保に関する法律", article="165の2", item="3"))
    '高齢者の医療の確保に関する法律第165条の2第3号'
    """
    number, *branch = citation.article.split("の", 1)
    article = f"第{number}条" + "".join(f"の{part}" for part in branch) if number else ""
    parts = [
        (citation.paragraph, "第{}項"),
        (citation.item, "第{}号"),
        (citation.subitem, "{}"),
        (citation.table, "{}"),
    ]
    tail = "".join(form.format(value) for value, form in parts if value)
    row = f"の{citation.table_item}の項" if citation.table_item else ""
    return f"{citation.law}{article}{tail}{row}"
