"""Whatever happens to a document: reading ends, quotes are exact, and no statement turns into a wrong one."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.errors import NotAnAssessment
from extract.facts import Mark
from extract.pipeline import Reading
from tests.conftest import ROOT
from tests.documents import PARTS, read, tabbed
from tests.evidence import misquoted
from tests.forms.places import squeeze
from tests.property.strategies import Damage, Filled, any_damage, filled_forms, light_damage, suffer
from tests.scoring import MARKS, compare, rows_of

EXAMPLES = settings(max_examples=24, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
SAMPLES = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "extract" / "samples").glob("*.txt"))]
NOISE = st.text(
    alphabet="[]（）()「」<>○□①②1９.、。・-|\t\n 　\x00\x0c\r\u202e特定個人情報委託先提供移転入手元システム名称※第条項号",
    max_size=80,
)


def read_or_refuse(text: str) -> Reading | None:
    """Read a text; None if it is told to be no assessment. Any other error is the reader's."""
    try:
        return read(text)
    except NotAnAssessment:
        return None


def false_yes(form: Filled, reading: Reading) -> list[str]:
    """Return the boxes of the form read as ticked that the truth does not tick."""
    return [
        f"{kind} {' > '.join(key)}"
        for kind, key, value in rows_of(reading.facts)
        if kind in MARKS
        and value == Mark.YES
        and key in form.expected[kind]
        and Mark.YES not in form.expected[kind][key].values
    ]


def moved_entrustees(form: Filled, reading: Reading) -> list[str]:
    """Return the entrustees read in a 委託事項 that has others."""
    return [
        " > ".join(key)
        for kind, key, _ in rows_of(reading.facts)
        if kind == "entrustees"
        and any(squeeze(file.name) == key[0] for file in form.truth.files)
        and key not in form.expected["entrustees"]
        and any(other[2] == key[2] for other in form.expected["entrustees"])
    ]


@EXAMPLES
@given(filled_forms, any_damage)
def test_reading_ends_and_quotes_are_exact(form: Filled, damages: list[tuple[str, Damage]]) -> None:
    """Every statement of a damaged document stands where it says."""
    reading = read_or_refuse(suffer(form.text, damages))
    assert reading is None or misquoted(reading) == []


@settings(EXAMPLES, max_examples=6)
@given(st.sampled_from(SAMPLES), any_damage)
def test_damaged_samples_are_read(sample: str, damages: list[tuple[str, Damage]]) -> None:
    """Also of a document that has every damage already."""
    reading = read_or_refuse(suffer(sample, damages))
    assert reading is None or misquoted(reading) == []


@EXAMPLES
@given(st.sampled_from(sorted(PARTS)), st.floats(0, 1), NOISE)
def test_noise_raises_nothing(part: str, share: float, noise: str) -> None:
    """Any characters anywhere in a part of the form."""
    at = int(share * len(PARTS[part]))
    reading = read_or_refuse(tabbed(**{part: PARTS[part][:at] + noise + PARTS[part][at:]}))
    assert reading is None or misquoted(reading) == []


@EXAMPLES
@given(filled_forms, any_damage)
def test_no_box_is_ticked_by_damage(form: Filled, damages: list[tuple[str, Damage]]) -> None:
    """A box may become unclear or disappear; it never turns to yes."""
    reading = read_or_refuse(suffer(form.text, damages))
    assert reading is None or false_yes(form, reading) == []


@EXAMPLES
@given(filled_forms, any_damage)
def test_no_entrustee_moves(form: Filled, damages: list[tuple[str, Damage]]) -> None:
    """A company stays with its 委託事項, or is not read at all."""
    reading = read_or_refuse(suffer(form.text, damages))
    assert reading is None or moved_entrustees(form, reading) == []


@EXAMPLES
@given(filled_forms, light_damage)
def test_light_damage_takes_no_marks_away(form: Filled, damages: list[tuple[str, Damage]]) -> None:
    """Split words, page breaks, other notations: nothing is read as no that is ticked."""
    reading = read_or_refuse(suffer(form.text, damages))
    assert reading is not None
    tallies = compare(form.expected, reading.facts)
    assert [miss for kind in MARKS for miss in tallies[kind].misses if miss.endswith("got no")] == []
