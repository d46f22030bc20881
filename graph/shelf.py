"""The stored documents, found by each of the things that tell them apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from graph.stored import StoredDocument


class Shelf:
    """Stored documents by graph, hash, path and key; one key or hash may be that of several."""

    _FIELDS = ("graph", "sha256", "path", "key")

    def __init__(self, documents: Iterable[StoredDocument]) -> None:
        self._found: dict[tuple[str, str], dict[str, StoredDocument]] = {}
        for document in documents:
            self.add(document)

    def add(self, document: StoredDocument) -> None:
        """Put a document on the shelf."""
        for name in self._FIELDS:
            self._found.setdefault((name, getattr(document, name)), {})[document.graph] = document

    def remove(self, document: StoredDocument) -> None:
        """Take a document off."""
        for name in self._FIELDS:
            self._found[name, getattr(document, name)].pop(document.graph)

    def by(self, name: str, value: str) -> list[StoredDocument]:
        """Return the documents whose field ``name`` has this value."""
        return list(self._found.get((name, value), {}).values())

    def __iter__(self) -> Iterator[StoredDocument]:
        return (one for (name, _), ones in list(self._found.items()) if name == "graph" for one in list(ones.values()))
