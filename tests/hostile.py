"""A store of documents that hold what a page must not run or be broken by."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from extract.facts import EndKind, FlowKind
from graph.mapping import map_document
from graph.store import create_store
from graph.texts import keep_text
from tests.factories import make_entrustment, make_evaluation, make_facts, make_flow, make_handover, make_source

LONG = "長" * 10_000
HOSTILE = (
    "<script>document.title='ran'</script>",
    '"><img src=x onerror="document.title=\'ran\'">',
    "</script><script>document.title='ran'</script>",
    "<a href='javascript:document.title=1'>システム</a>",
    "javascript:alert(1)",
    "市\u202eムテスシ\u202c庁",
    "\u2028改行\u2029の\x01中",
    "'; DROP TABLE edge; --",
    "%s%00{}{{7*7}}${7*7}",
    LONG,
)
TEXT = "\n".join(("架空市の評価書 評価書番号 7", *HOSTILE, "終わり"))


def make_hostile(path: Path) -> Path:
    """Make a store of two documents in which every name, quote and datum is hostile."""
    store = create_store(path)
    for number, city in enumerate(("架空市", HOSTILE[0]), start=1):
        flows = [
            make_flow(one, HOSTILE[(at + 1) % len(HOSTILE)], line=60 + at, quote=f"{one}から送る", via=one, medium=one)
            for at, one in enumerate(HOSTILE)
        ]
        systems = [
            replace(flow, source_kind=EndKind.SYSTEM, target_kind=EndKind.BODY, data=flow.source) for flow in flows
        ]
        facts = make_facts(
            evaluation=make_evaluation(
                agency=city, office=f"{city}長", number=str(number), title=HOSTILE[number], business=LONG
            ),
            flows=tuple(systems),
            entrustments=tuple(
                make_entrustment(at, entrustee=one, entrustees=(one,)) for at, one in enumerate(HOSTILE, start=1)
            ),
            handovers=tuple(
                make_handover(FlowKind.PROVISION, at, recipient=one, legal_basis=one, frequency=one)
                for at, one in enumerate(HOSTILE, start=1)
            ),
        )
        source = make_source(f"<b>{number}.txt", TEXT)
        keep_text(path, source)
        store.replace(map_document(facts, source, version="1", base=store.base), path=f"/{number}.txt")
    store.flush()
    return path
