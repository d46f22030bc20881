"""What stands around every page: head, navigation, search, the switch of language, and what must be known of the data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from viz.explorer.keeper import Progress
from viz.explorer.language import Here, Tongue
from viz.explorer.markup import Child, Markup, tag

STATIC = "/static/explorer"
"""Where the service answers with our own scripts and styles."""
VENDOR = "/static/vendor"
"""Where it answers with those of installed packages."""

_PARTS = {
    "graph": ("drawn", "board"),
    "trace": ("drawn", "board"),
    "console": ("drawn", "board", "results", "sparql"),
}
"""The modules that our scripts are made of."""
_PLACES = (
    ("/", "はじめ", "Start"),
    ("/graph", "図", "Graph"),
    ("/trace", "経路", "Trace"),
    ("/questions", "問い", "Questions"),
    ("/compare", "比べる", "Compare"),
    ("/console", "SPARQL", "SPARQL"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What the reader must know of the state of the data."""

    progress: Progress | None = None
    building: bool = False


def page(
    here: Here,
    title: str,
    *children: Child,
    scripts: Sequence[str] = (),
    notice: Notice | None = None,
) -> str:
    """Return a whole page; ``scripts`` are modules of ours by name, those that paint come with the library."""
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", f"{title} — mynaflow"),
        tag("link", rel="stylesheet", href=f"{STATIC}/explorer.css"),
        tag("link", rel="icon", href=f"{STATIC}/icon.svg", type="image/svg+xml"),
        tag(
            "link", rel="search", href="/opensearch.xml", type="application/opensearchdescription+xml", title="mynaflow"
        ),
        _library() if _PARTS.keys() & set(scripts) else None,
        [tag("script", src=f"{STATIC}/{name}.js", type="module") for name in ("page", *scripts)],
        [tag("link", rel="modulepreload", href=f"{STATIC}/{name}.js") for name in _parts_of(scripts)],
    )
    body = tag(
        "body",
        tag("a", here.say("本文へ", "Skip to content"), href="#main", class_="skip"),
        _header(here),
        _notices(here, notice),
        tag("main", children, id="main", tabindex="-1"),
    )
    return f"<!DOCTYPE html>\n{tag('html', head, body, lang=str(here.tongue)).html}\n"


def _parts_of(scripts: Sequence[str]) -> list[str]:
    """Return the modules that scripts will ask for, so that the browser need not read them first to know."""
    return ["suggest", *dict.fromkeys(part for name in scripts for part in _PARTS.get(name, ()))]


def _library() -> list[Markup]:
    return [
        tag("link", rel="stylesheet", href=f"{VENDOR}/vis-network.css"),
        tag("script", src=f"{VENDOR}/vis-network.min.js", defer=True),
    ]


def _header(here: Here) -> Markup:
    places = [
        tag(
            "a",
            here.say(ja, en),
            href=here.link(path),
            aria_current="page" if _is_at(here, path) else None,
        )
        for path, ja, en in _PLACES
    ]
    other, words = (Tongue.JA, "日本語") if here.tongue is Tongue.EN else (Tongue.EN, "English")
    return tag(
        "header",
        tag("a", "mynaflow", href=here.link("/"), class_="brand", lang="en"),
        tag("nav", places, aria_label=here.say("主な画面", "Main views")),
        search_form(here, "search", here.fields.one("q") if here.path == "/search" else ""),
        tag("a", words, href=here.other(), lang=str(other), hreflang=str(other), class_="tongue", id="tongue"),
    )


def _is_at(here: Here, path: str) -> bool:
    return here.path == path or (path != "/" and here.path.startswith(f"{path}/"))


def search_form(here: Here, id_: str, asked: str) -> Markup:
    """Return the form that searches everything."""
    label = here.say("名前・記載・法令を検索", "Search names, quotes, laws")
    return tag(
        "form",
        tag("label", label, for_=id_, class_="unseen"),
        tag("input", type="search", id=id_, name="q", value=asked, placeholder=label, autocomplete="off"),
        tongue_field(here),
        tag("button", here.say("検索", "Search")),
        action="/search",
        class_="search",
        role="search",
    )


def tongue_field(here: Here) -> Markup | None:
    """Return the field by which a form keeps the language."""
    return tag("input", type="hidden", name="lang", value="en") if here.tongue is Tongue.EN else None


def _notices(here: Here, notice: Notice | None) -> list[Markup]:
    if notice is None:
        return []
    told = []
    if notice.building:
        told.append(
            here.say(
                "build がストアに書き込み中です。終わるまで、その前のデータを表示します。",
                "A build is writing to the store; until it ends, the data from before it are shown.",
            )
        )
    progress = notice.progress
    if progress and progress.stuck:
        told.append(
            here.say(f"索引を更新できません: {progress.stuck}", f"The index cannot be renewed: {progress.stuck}")
        )
    elif progress and not progress.is_whole:
        told.append(
            here.say(
                f"索引を作成中です（{progress.of:,} 文書のうち {progress.done:,}）。検索と図にはまだ全ての文書が入っていません。",
                f"The index is being made ({progress.done:,} of {progress.of:,} documents); searches and graphs do not hold all yet.",
            )
        )
    return [tag("p", words, class_="notice", role="status") for words in told]
