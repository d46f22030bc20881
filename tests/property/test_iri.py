"""Identifiers: any name gives a valid IRI, and two names one identifier only if they are equal after NFKC."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from graph.iri import LONGEST_NAME, mint, segment

NAMES = st.text(max_size=LONGEST_NAME + 30) | st.text(alphabet="架空市システムＡA/%_~-. \x00🏢", max_size=12)


@given(NAMES, NAMES)
def test_segments_are_equal_only_for_equal_names(one: str, other: str) -> None:
    """No two different names share an identifier."""
    same = unicodedata.normalize("NFKC", one) == unicodedata.normalize("NFKC", other)
    assert (segment(one) == segment(other)) == same


@given(NAMES)
def test_a_segment_is_never_empty_and_holds_no_slash(name: str) -> None:
    """A name cannot become two segments or none."""
    assert segment(name)
    assert not set(segment(name)) & set('/?#<> "{}|\\^`')


@given(st.lists(NAMES, min_size=1, max_size=4))
def test_every_name_gives_a_valid_iri(names: list[str]) -> None:
    """The engine accepts what is minted."""
    assert NamedNode(mint("https://example.org/id/", *names)).value.startswith("https://example.org/id/")


@given(st.lists(NAMES, min_size=1, max_size=3), st.lists(NAMES, min_size=1, max_size=3))
def test_paths_of_names_do_not_run_together(one: list[str], other: list[str]) -> None:
    """A system of 「A」 called 「B/C」 is not the system C of what B is to A."""
    normal = [[unicodedata.normalize("NFKC", name) for name in names] for names in (one, other)]
    assert (mint("x:", *one) == mint("x:", *other)) == (normal[0] == normal[1])
