"""Traces in the explorer say what ``mynaflow trace`` says, from the index instead of the graphs."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from graph.store import GraphStore, open_store
from tests.explored import build_samples
from viz.cli import main
from viz.explorer.index import update_index
from viz.explorer.told import Asked, ToldTrace, trace_told

NETWORK, SYSTEM = "情報提供ネットワークシステム", "国民健康保険総合管理システム"


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, GraphStore, str]:
    """Return the samples as a store, open, with its index."""
    folder = build_samples(tmp_path_factory.mktemp("traced"))
    store = open_store(folder)
    index = str(folder.parent / "index.sqlite3")
    update_index(store, index)
    return folder, store, index


Samples = tuple[Path, GraphStore, str]


def told(samples: Samples, asked: Asked, tongue: str = "ja") -> ToldTrace:
    """Ask as the page does."""
    _, store, index = samples
    return trace_told(store, index, msgspec.to_builtins(asked), tongue)


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        (["--from", "架空市"], Asked(source="架空市")),
        (["--to", NETWORK], Asked(target=NETWORK)),
        (["--from", "架空市", "--carries", "number"], Asked(source="架空市", only_number=True)),
        (["--from", SYSTEM, "--to", NETWORK], Asked(source=SYSTEM, target=NETWORK, paths=20)),
        (["--from", SYSTEM, "--hops", "1"], Asked(source=SYSTEM, hops=1)),
        (["--from", "みほん町", "--with-unclear"], Asked(source="みほん町", with_unclear=True)),
        (["--from", "例示村", "--connections"], Asked(source="例示村", connections=True)),
        (["--from", "架空市", "--through-hubs", "--hops", "4"], Asked(source="架空市", through_hubs=True, hops=4)),
    ],
    ids=["down", "up", "number", "between", "one hop", "unclear", "connections", "hubs"],
)
def test_it_is_the_answer_of_the_command(
    samples: Samples, words: list[str], asked: Asked, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same ends, the same paths with the same quotes, and the same verdict."""
    assert main(["trace", *words, "--store", str(samples[0]), "--format", "json"]) == 0
    expected = json.loads(capsys.readouterr().out)
    found = told(samples, asked)
    assert [(one.name, one.hops) for one in found.reached] == [
        (one["name"], one["hops"]) for one in expected["reached"]
    ]
    assert [[hop.statement.quote for hop in path] for path in found.paths] == [
        [hop["quote"] for hop in path] for path in expected["paths"]
    ]
    assert found.complete == expected["complete"]
    assert len(found.limits) == len(expected["limits"])
    assert found.statements == expected["searched"]["statements"]


def test_the_picture_has_what_the_paths_have(samples: Samples) -> None:
    """Every hop is an arrow, from left to right along the way."""
    found = told(samples, Asked(source=SYSTEM))
    assert found.drawing is not None
    x = {box.id: box.x for box in found.drawing.boxes}
    pairs = {(arrow.source, arrow.target) for arrow in found.drawing.arrows}
    assert len(pairs) == len({(hop.source.url, hop.target.url) for path in found.paths for hop in path})
    start = next(box.id for box in found.drawing.boxes if box.start)
    assert all(x[start] <= place for place in x.values())


def test_both_languages_without_switches(samples: Samples) -> None:
    """What was left out is said in the page's language, without the command's switches."""
    ja, en = (told(samples, Asked(source="架空市", hops=1), tongue).limits for tongue in ("ja", "en"))
    assert len(ja) == len(en) > 0
    assert not any("--" in one for one in (*ja, *en))
    assert all(one.isascii() or ":" in one for one in en)


def test_an_unknown_name(samples: Samples) -> None:
    """A name that no document knows is said, with what may have been meant."""
    found = told(samples, Asked(source="国民健康保険総合管理システ"))
    assert found.unknown
    assert not found.complete
