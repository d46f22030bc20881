"""Queries and updates as SPARQLWrapper sends them."""

from __future__ import annotations

import warnings
from http.client import HTTPResponse
from urllib.request import Request

from SPARQLWrapper import CONSTRUCT, INSERT, JSON, POST, SELECT, SPARQLWrapper

from graph.remote.address import Address, Layout
from graph.remote.wire import Reply, exchange, patiently


class _Wrapper(SPARQLWrapper):
    """SPARQLWrapper that follows no redirection, and whose errors are those of the protocol."""

    def __init__(self, address: Address, layout: Layout, kind: str) -> None:
        self._kind = kind
        self._address = address
        super().__init__(f"{address.url}{layout.query}", updateEndpoint=f"{address.url}{layout.update}")
        self.setMethod(POST)
        self.setReturnFormat(JSON)
        self.setOnlyConneg(True)

    def _parseQueryType(self, query: str) -> str:  # noqa: ARG002, N802 -- as the library calls it
        """Return what the text is known to be; the library would look for the first such word, also in comments."""
        return self._kind

    def _query(self) -> tuple[HTTPResponse, str]:
        request: Request = self._createRequest()
        return exchange(request, self._address), self.returnFormat


class Speech:
    """Queries and updates to one server."""

    def __init__(self, address: Address, layout: Layout) -> None:
        self._address = address
        self._layout = layout

    def ask(self, query: str, accept: str = "") -> Reply:
        """Send a SELECT, or with the media types that are accepted a CONSTRUCT; raises StoreError."""
        wrapper = _Wrapper(self._address, self._layout, CONSTRUCT if accept else SELECT)
        if accept:
            wrapper.addCustomHttpHeader("Accept", accept)
        return self._send(wrapper, query, f"{self._address.url}{self._layout.query}")

    def update(self, update: str) -> None:
        """Send an update; raises StoreError."""
        self._send(_Wrapper(self._address, self._layout, INSERT), update, f"{self._address.url}{self._layout.update}")

    def _send(self, wrapper: _Wrapper, text: str, url: str) -> Reply:
        wrapper.setQuery(text)

        def once() -> Reply:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", RuntimeWarning)  # it knows few formats for a CONSTRUCT
                response = wrapper.query().response
            with response:
                return Reply(body=response.read(), headers=response.info())

        return patiently(once, self._address, url)
