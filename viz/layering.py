"""Where the boxes of a picture stand: layers from left to right, and in each the order with few crossings.

All positions are computed here, so that the same statements give the same picture and nothing moves while
it is read.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

Link = tuple[str, str]

COLUMN = 250
"""Distance of two columns."""
ROW = 104
"""Distance of two rows."""
_SWEEPS = 8
_WIDEST = 8  # layers of a picture without a middle; what would come later joins the last
_SHAPE = 1.5  # width to height of the picture that is aimed at


def place(nodes: Sequence[str], links: Sequence[Link], levels: Mapping[str, int]) -> dict[str, tuple[int, int]]:
    """Return a position for each of ``nodes``; ``levels`` tell their layers unless all are 0.

    >>> place(["a", "b"], [("a", "b")], {"a": 0, "b": 0})
    {'a': (0, 0), 'b': (250, 0)}
    """
    layer_of = dict(levels) if any(levels.values()) else _layers(nodes, links)
    layers: dict[int, list[str]] = defaultdict(list)
    for node in nodes:
        layers[layer_of[node]].append(node)
    ordered = _untangle([layers[number] for number in sorted(layers)], links)
    rows = _rows(list(map(len, ordered)))
    places: dict[str, tuple[int, int]] = {}
    column = 0
    for layer in ordered:
        columns = -(-len(layer) // rows) or 1
        height = -(-len(layer) // columns)
        for at, node in enumerate(layer):
            row, shift = divmod(at, columns)
            slant = ROW * shift // (columns + 1) if columns > 1 else 0
            places[node] = ((column + shift) * COLUMN, row * ROW + slant - (height - 1) * ROW // 2)
        column += columns
    return places


def _layers(nodes: Sequence[str], links: Iterable[Link]) -> dict[str, int]:
    """Give each node a layer after those from which links lead to it, where cycles allow it.

    Nodes are taken in the order of what they send over what they get, and links against that order do not
    count; so those that only send stand left, and those that only get stand right.
    """
    pairs = sorted(set(links))
    sends, gets = Counter(source for source, _ in pairs), Counter(target for _, target in pairs)
    ranked = sorted(nodes, key=lambda node: (-(sends[node] - gets[node]) / (1 + sends[node] + gets[node]), node))
    rank = {node: at for at, node in enumerate(ranked)}
    ahead: dict[str, list[str]] = defaultdict(list)
    for source, target in pairs:
        if rank[source] < rank[target]:
            ahead[source].append(target)
    layer = dict.fromkeys(nodes, 0)
    for node in ranked:
        for target in ahead[node]:
            layer[target] = min(_WIDEST - 1, max(layer[target], layer[node] + 1))
    return layer


def _untangle(layers: list[list[str]], links: Iterable[Link]) -> list[list[str]]:
    """Order every layer by where its neighbours stand, sweeping back and forth."""
    beside: dict[str, list[str]] = defaultdict(list)
    for source, target in links:
        beside[source].append(target)
        beside[target].append(source)
    layers = [list(layer) for layer in layers]
    height = {node: at - len(layer) / 2 for layer in layers for at, node in enumerate(layer)}
    for sweep in range(_SWEEPS):
        for layer in layers if sweep % 2 else reversed(layers):
            own = set(layer)
            apart = {node: [height[other] for other in beside[node] if other not in own] for node in layer}
            wanted = {node: sum(found) / len(found) if found else height[node] for node, found in apart.items()}
            layer.sort(key=wanted.__getitem__)
            height.update({node: at - len(layer) / 2 for at, node in enumerate(layer)})
    return layers


def _rows(sizes: Sequence[int]) -> int:
    """Choose how many rows a column has at most, so that the picture gets the shape that is aimed at.

    >>> _rows([1, 1, 1]), _rows([1, 40])
    (1, 9)
    """

    def shape(rows: int) -> float:
        return sum(-(-size // rows) for size in sizes) * COLUMN / (rows * ROW)

    return min(range(1, max(sizes, default=1) + 1), key=lambda rows: (abs(shape(rows) - _SHAPE), rows))
