"""Pages that say why something cannot be shown, and what to do."""

from __future__ import annotations

from viz.explorer.language import Here
from viz.explorer.markup import Child, tag
from viz.explorer.parts import cut
from viz.explorer.shell import search_form

_TITLES = {
    "unknown": ("見つかりません", "Not found"),
    "building": ("ストアを準備しています", "The store is not ready yet"),
    "store": ("ストアを読めません", "The store cannot be read"),
    "busy": ("混み合っています", "Too busy"),
    "time": ("時間内に終わりませんでした", "It took too long"),
    "memory": ("メモリが足りません", "It needs too much memory"),
}
_WORDS = {
    "unknown": (
        "この名前や識別子を記す文書は、読み込まれていません。名前の一部で検索できます。",
        "No document that is loaded speaks of it; search for a part of its name.",
    ),
    "building": (
        "mynaflow build がストアに書き込んでいます。終わると自動的に表示できるようになります。",
        "mynaflow build is writing to the store; when it is done, this works by itself.",
    ),
    "store": (
        "ストアがないか、読めません。mynaflow build で作ると、再起動しなくても表示できるようになります。",
        "There is no store, or it cannot be read; once mynaflow build has made it, this works without a restart.",
    ),
    "time": ("条件を絞ると、短い時間で終わります。", "Narrow it, and it takes less time."),
}
"""What each kind of problem means, and what to do."""
_OTHERWISE = ("表示できません", "This cannot be shown")


def problem_page(here: Here, kind: str, what: str, todo: str) -> list[Child]:
    """Return the page that says ``what`` is wrong."""
    parts: list[Child] = [
        tag("h1", here.say(*_TITLES.get(kind, _OTHERWISE))),
        tag("p", here.say(*_WORDS[kind])) if kind in _WORDS else None,
        tag("p", cut(here, f"{what}. {todo}" if todo else what, 300), class_="lead", lang="en"),
    ]
    if kind == "unknown":
        parts.append(tag("div", search_form(here, "again", ""), class_="big"))
    if kind in ("building", "busy", "store"):
        words = here.say("少し待ってから、もう一度開いてください。", "Wait a moment and open it again.")
        parts.append(tag("p", tag("a", words, href=here.link(here.path, here.fields.pairs))))
    return parts


def title_of(here: Here, kind: str) -> str:
    """Return what a problem is called."""
    return here.say(*_TITLES.get(kind, _OTHERWISE))
