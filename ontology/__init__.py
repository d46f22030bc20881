"""The vocabulary: classes and properties, concepts, shapes and alignments, as Turtle files beside this module.

Knows no documents and no store.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

ONTOLOGY = "https://w3id.org/mynaflow/ontology#"
"""The namespace of classes and properties."""
CONCEPT = "https://w3id.org/mynaflow/concept/"
"""The namespace of concepts."""
DATA = "https://w3id.org/mynaflow/id/"
"""The base of what documents speak of, unless a store was made with another."""

NAMESPACES: Mapping[str, str] = MappingProxyType(
    {
        "myna": ONTOLOGY,
        "concept": CONCEPT,
        "id": DATA,
        "oa": "http://www.w3.org/ns/oa#",
        "owl": "http://www.w3.org/2002/07/owl#",
        "prov": "http://www.w3.org/ns/prov#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }
)
"""Each prefix and what it stands for."""

_FOLDER = Path(__file__).parent


def namespaces() -> dict[str, str]:
    """Return the prefixes that the project uses, as a dictionary of one's own.

    >>> namespaces()["myna"]
    'https://w3id.org/mynaflow/ontology#'
    """
    return dict(NAMESPACES)


def turtle_names() -> list[str]:
    """Return the names of the files, in alphabetical order.

    >>> {"concepts", "mynaflow"} <= set(turtle_names())
    True
    """
    return sorted(path.stem for path in _FOLDER.glob("*.ttl"))


def turtle(name: str) -> str:
    """Return the text of the file ``name``.ttl; raise KeyError if there is none.

    >>> turtle("mynaflow").startswith("# The ontology")
    True
    """
    if name not in turtle_names():
        raise KeyError(name)
    return (_FOLDER / f"{name}.ttl").read_text(encoding="utf-8")
