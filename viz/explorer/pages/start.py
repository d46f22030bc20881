"""The first page, and the lists behind its figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from queries.catalog import Question
from viz.explorer.atlas import DocumentEntry, Thing
from viz.explorer.language import Here
from viz.explorer.markup import Child, Markup, name, tag
from viz.explorer.pages.questions import question_list
from viz.explorer.parts import FORMS, Stretch, document_link, kind_of, pager, shortened, table, thing_link
from viz.explorer.shell import search_form

SHOWN = 30
"""Documents on the first page."""
_FIGURES = (
    ("documents", "文書", "documents", "/list/documents"),
    ("agencies", "評価実施機関", "agencies", "/list/agencies"),
    ("systems", "システム", "systems", "/list/systems"),
    ("companies", "委託を受ける会社など", "entrusted companies", "/list/companies"),
    ("flows", "流れ", "flows", "/list/flows"),
    ("laws", "法令", "laws", "/list/laws"),
    ("unclear", "不明な印", "unclear marks", "/questions/unreadable-marks"),
    ("gaps", "欠落", "gaps", "/questions/gaps"),
)


def start_page(
    here: Here, totals: Mapping[str, int], documents: Sequence[DocumentEntry], questions: Iterable[Question]
) -> list[Child]:
    """Return what is loaded, the search, the documents and the questions."""
    all_of_them = tag("a", here.say("すべての文書", "All documents"), href=here.link("/list/documents"))
    return [
        tag("h1", here.say("個人番号はどこへ流れるか", "Where personal numbers flow")),
        tag(
            "p",
            here.say(
                "特定個人情報保護評価書から読み取った記載を、根拠の語句とともに調べます。",
                "Look up what privacy impact assessments state, with the words they state it in.",
            ),
            class_="lead",
        ),
        tag("div", search_form(here, "first", ""), class_="big"),
        tag("dl", [_figure(here, totals.get(key, 0), *figure) for key, *figure in _FIGURES], class_="figures"),
        tag(
            "div",
            tag(
                "section",
                tag("h2", here.say("文書", "Documents")),
                documents_table(here, documents),
                tag("p", all_of_them) if totals.get("documents", 0) > len(documents) else None,
            ),
            tag(
                "section",
                tag("h2", here.say("監査人の問い", "The auditors' questions")),
                question_list(here, questions),
            ),
            class_="two",
        ),
    ]


def _figure(here: Here, count: int, ja: str, en: str, path: str) -> Markup:
    return tag("div", tag("dt", here.say(ja, en)), tag("dd", tag("a", f"{count:,}", href=here.link(path))))


def documents_table(here: Here, documents: Iterable[DocumentEntry]) -> Markup:
    """Return documents as a table with what each states."""
    heads = (
        here.say("機関", "Agency"),
        here.say("評価書", "Assessment"),
        here.say("様式", "Form"),
        here.say("公表日", "Published"),
        here.say("流れ", "Flows"),
        here.say("不明", "Unclear"),
        here.say("欠落", "Gaps"),
    )
    return table(heads, [_document_row(here, one) for one in documents], class_="documents")


def _document_row(here: Here, one: DocumentEntry) -> list[Child]:
    agency = tag("a", name(shortened(one.body)), href=here.thing(one.agency)) if one.body else "—"
    form = here.say(*FORMS[one.form]) if one.form in FORMS else "—"
    numbers = [tag("span", f"{count:,}", class_="number") for count in (one.flows, one.unclear, one.gaps)]
    return [agency, document_link(here, one), form, one.published or "—", *numbers]


def things_page(here: Here, title: str, things: Sequence[Thing], stretch: Stretch) -> list[Child]:
    """Return a list of ends of one kind, those of which most is said first."""
    heads = (
        here.say("名前", "Name"),
        here.say("種類", "Kind"),
        here.say("文書", "Documents"),
        here.say("記載", "Statements"),
    )
    rows: list[list[Child]] = [
        [thing_link(here, one), kind_of(here, one), tag("span", f"{one.docs:,}"), tag("span", f"{one.edges:,}")]
        for one in things
    ]
    return [
        tag("h1", title, " ", tag("small", f"{stretch.total:,}")),
        pager(here, stretch),
        table(heads, rows),
        pager(here, stretch),
    ]


def documents_page(here: Here, title: str, documents: Sequence[DocumentEntry], stretch: Stretch) -> list[Child]:
    """Return the list of all documents."""
    return [
        tag("h1", title, " ", tag("small", f"{stretch.total:,}")),
        pager(here, stretch),
        documents_table(here, documents),
        pager(here, stretch),
    ]


def laws_page(here: Here, title: str, laws: Sequence[tuple[str, str, str, int]], stretch: Stretch) -> list[Child]:
    """Return the list of laws (key, name, number, places that cite them), the most cited first."""
    heads = (here.say("法令", "Law"), here.say("法令番号", "Number"), here.say("引用箇所", "Citations"))
    rows: list[list[Child]] = [
        [tag("a", name(shortened(title)), href=here.thing(key)), name(number), f"{cited:,}"]
        for key, title, number, cited in laws
    ]
    return [
        tag("h1", title, " ", tag("small", f"{stretch.total:,}")),
        pager(here, stretch),
        table(heads, rows),
        pager(here, stretch),
    ]


def flows_page(here: Here, title: str, flows: Sequence[Markup], stretch: Stretch) -> list[Child]:
    """Return the list of all movements, in the order of documents and lines."""
    question = tag("a", here.say("表とCSVで", "As a table and CSV"), href=here.link("/questions/flows"))
    return [
        tag("h1", title, " ", tag("small", f"{stretch.total:,}")),
        tag("p", question),
        pager(here, stretch),
        *flows,
        pager(here, stretch),
    ]
