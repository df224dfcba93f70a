"""Marks leave out nobody who is meant, and repeats let a walk meet everybody once."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simpul.organisations.marks import BITS, facet_marks, repeats, word_marks

patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
terms = st.sets(st.text("abc", min_size=1, max_size=8), max_size=8)


@patient
@given(terms, st.text("abc", min_size=1, max_size=8))
def test_who_has_a_term_that_begins_with_it_has_its_marks(named: set[str], needle: str) -> None:
    mask = word_marks([needle])
    if any(term.startswith(needle) for term in named):
        assert word_marks(named) & mask == mask
    assert 0 <= word_marks(named) < 1 << BITS


def test_an_area_has_the_marks_of_what_it_lies_in_as_far_as_the_regency() -> None:
    held = facet_marks(["area:52", "area:52.03", "area:52.03.05", "area:52.03.05.2001", "kind:OT.K", "sector:PP"])
    for asked in ("area:52", "area:52.03", "area:52.03.05", "area:52.03.05.2001", "kind:OT.K", "sector:PP"):
        mask = facet_marks([asked])
        assert mask.bit_count() == 1
        assert held & mask == mask
    assert facet_marks(["area:52.03.05"]) == facet_marks(["area:52.03"])
    assert facet_marks([]) == 0


@patient
@given(terms, st.text("abc", min_size=1, max_size=8))
def test_of_terms_that_begin_with_it_the_first_alone_does_not_repeat(named: set[str], needle: str) -> None:
    shared = repeats(named)
    meant = sorted(term for term in named if term.startswith(needle))
    assert [term for term in meant if shared[term] < len(needle)] == meant[:1]


def test_repeats_count_letters_shared_with_the_term_before() -> None:
    assert repeats({"gandor", "gandeng", "kkgandor", "gand"}) == {"gand": 0, "gandeng": 4, "gandor": 4, "kkgandor": 0}
