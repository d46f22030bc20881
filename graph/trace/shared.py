"""Ends that many agencies share, and which of them are networks that a path does not cross.

Through a network goes what everybody sends; that one agency sends to it and another receives from it says
nothing about a movement between the two, not even within one document.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from graph.registry import find_national
from graph.trace.names import name_key

HUB_CLASSES = frozenset({"InformationNetwork", "ResidentNetwork", "NationalSystem"})
"""Classes of the ontology whose systems join everybody: what goes in is not what comes out."""

_COMPANY = re.compile("株式会社|有限会社|合同会社|合資会社|合名会社|相互会社")


@dataclass(frozen=True, slots=True)
class Shared:
    """A national system or body, or a company: one for all documents."""

    key: str
    name: str
    hub: bool = False


def find_shared(name: str) -> Shared | None:
    """Return what ``name`` means in every document; None if it means something of the agency's own.

    >>> find_shared("住基ネット").name, find_shared("住基ネット").hub
    ('住民基本台帳ネットワークシステム', True)
    >>> find_shared("㈱サンプル").key == find_shared("株式会社 サンプル").key
    True
    >>> find_shared("中間サーバー") is None
    True
    """
    key = name_key(name)
    national = find_national(key)
    if national:
        return Shared(name_key(national.name), national.name, national.ontology_class in HUB_CLASSES)
    return Shared(key, name) if _COMPANY.search(key) else None
