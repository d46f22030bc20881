"""The console: a query of SPARQL, the questions as examples, and where a script puts the results."""

from __future__ import annotations

from collections.abc import Iterable

from ontology import namespaces
from queries.catalog import Question
from viz.explorer.language import Here
from viz.explorer.markup import Child, Markup, tag
from viz.explorer.shell import tongue_field

FIRST = """PREFIX myna: <https://w3id.org/mynaflow/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

SELECT ?agency ?system WHERE {
  ?node a myna:InformationSystem ; rdfs:label ?system ; myna:belongsTo/rdfs:label ?agency .
}
ORDER BY ?agency ?system
LIMIT 100
"""
"""The query that stands in an empty console."""
DRAWN = """PREFIX myna: <https://w3id.org/mynaflow/ontology#>

CONSTRUCT { ?source myna:flowsTo ?target }
WHERE { ?source myna:flowsTo ?target }
LIMIT 60
"""
"""An example whose answer is a graph."""


def console_page(here: Here, query: str, questions: Iterable[Question]) -> list[Child]:
    """Return the console with ``query`` in it."""
    options = [tag("option", here.say("例を選ぶ", "Choose an example"), value="")]
    options += [tag("option", here.say(one.ja, one.en), value=one.name) for one in questions]
    options.append(tag("option", here.say("図になる例（CONSTRUCT）", "A graph (CONSTRUCT)"), value="construct"))
    return [
        tag("h1", "SPARQL"),
        tag(
            "form",
            tag("label", here.say("例", "Examples"), tag("select", options, name="question", id="example")),
            tongue_field(here),
            tag("button", here.say("開く", "Open")),
            action="/console",
            class_="row",
            id="examples",
        ),
        tag(
            "form",
            tag("label", here.say("問い合わせ", "Query"), for_="query", class_="unseen"),
            tag(
                "div",
                tag("pre", id="colours", aria_hidden="true"),
                tag(
                    "textarea",
                    query,
                    id="query",
                    name="query",
                    rows="14",
                    spellcheck="false",
                    autocapitalize="off",
                    wrap="off",
                    lang="en",
                ),
                class_="editor",
            ),
            tag(
                "p",
                tag("button", here.say("実行", "Run"), id="run"),
                tag("small", "Ctrl+Enter"),
                tag("span", id="links"),
                class_="tools",
            ),
            action="/sparql",
            id="ask",
        ),
        tag("div", id="answer", aria_live="polite", tabindex="-1"),
        _prefixes(here),
    ]


def _prefixes(here: Here) -> Markup:
    lines = [tag("li", tag("code", f"PREFIX {prefix}: <{iri}>")) for prefix, iri in sorted(namespaces().items())]
    return tag("details", tag("summary", here.say("接頭辞", "Prefixes")), tag("ul", lines))
