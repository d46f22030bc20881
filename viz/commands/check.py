"""``mynaflow check``: validates the graph with SHACL and a reasoner, and says what is wrong with which statement."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence

from extract.errors import UnknownName
from graph.check import Fault, Sample, Severity, check_document, check_together
from graph.places import open_place
from graph.stored import StoredDocument
from ontology.reasoning import Verdict
from viz.commands.ask import add_store
from viz.tables import FORMATS, print_rows, visible

_COLUMNS = ("severity", "by", "document", "form_item", "line", "quote", "ja", "en", "node")
_VERDICTS = {
    Verdict.CONSISTENT: "矛盾なし / consistent",
    Verdict.INCONSISTENT: "矛盾あり / inconsistent",
    Verdict.NOT_RUN: "実行できず / not run",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_store(parser)
    parser.add_argument("--document", metavar="FILE", help="この文書だけ / only this document")
    parser.add_argument(
        "--severity",
        choices=[str(one) for one in Severity],
        default=str(Severity.WARNING),
        help="これ以上の重さを示す / show this and worse (warning)",
    )
    parser.add_argument(
        "--sample",
        type=int,
        default=20,
        metavar="N",
        help="推論器に渡す文書の数の上限 / documents for the reasoner (20)",
    )
    parser.add_argument("--no-reasoner", action="store_true", help="推論を省く / leave the reasoner out")
    parser.add_argument("--format", choices=sorted(FORMATS), default="table", help="出力の形 / how to print")


def run(args: argparse.Namespace) -> int:
    """Check; 1 if there is a violation or a contradiction, or if the reasoner could not be asked."""
    store = open_place(args.store)
    documents = _chosen(store.documents(), args.document)
    faults: list[Fault] = []
    for number, document in enumerate(documents, start=1):
        faults.extend(check_document(store, document))
        _say(f"{number}/{len(documents)} {visible(document.name)}")
    sample = None if args.no_reasoner else check_together(store, documents[: max(args.sample, 0)])
    faults.extend(fault for fault in (sample.faults if sample else ()) if fault not in faults)
    shown = _at_least(faults, Severity(args.severity))
    print_rows(args.format, _COLUMNS, [tuple(getattr(fault, name) for name in _COLUMNS) for fault in shown])
    _summarise(faults, documents, sample)
    bad = any(fault.severity is Severity.VIOLATION for fault in faults)
    return 1 if bad or (sample and sample.reasoned.verdict is not Verdict.CONSISTENT) else 0


def _chosen(documents: Sequence[StoredDocument], name: str | None) -> Sequence[StoredDocument]:
    chosen = [one for one in documents if name in (None, one.name)]
    if name is not None and not chosen:
        raise UnknownName(f"no document {name!r} in the store", todo="mynaflow ask documents lists them")
    return chosen


def _at_least(faults: Sequence[Fault], severity: Severity) -> list[Fault]:
    worst_first = list(Severity)
    return [fault for fault in faults if worst_first.index(fault.severity) <= worst_first.index(severity)]


def _summarise(faults: Sequence[Fault], documents: Sequence[StoredDocument], sample: Sample | None) -> None:
    counts = Counter(fault.severity for fault in faults)
    found = ", ".join(f"{severity} {counts[severity]}" for severity in Severity)
    _say(f"SHACL: {len(documents)} 文書 / documents: {found}")
    if sample is None:
        _say("HermiT: 省いた / left out (--no-reasoner)")
        return
    reasoned = sample.reasoned
    _say(f"HermiT: オントロジーと {sample.documents} 文書 / ontology and documents: {_VERDICTS[reasoned.verdict]}")
    if reasoned.verdict is Verdict.NOT_RUN:
        _say(f"  {reasoned.why}\n  推論なしの検査には --no-reasoner / to check without it: --no-reasoner")
    elif reasoned.verdict is Verdict.INCONSISTENT and not sample.faults:
        _say("  どの記載によるかは分からない / which statements it comes from could not be told")
    else:
        _say(f"  {reasoned.triples:,} triples, {reasoned.seconds:.1f} s")
    if reasoned.empty_classes:
        _say(f"  要素を持てない語 / classes that can have no member: {', '.join(reasoned.empty_classes)}")


def _say(text: str) -> None:
    print(text, file=sys.stderr)
