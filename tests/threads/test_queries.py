"""Walking a thread: every link once, levels outward, circles end, and nothing gives a hidden record away."""

import itertools
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from simpul.kernel.actor import Anonymous, System
from simpul.kernel.errors import NotFound
from simpul.kernel.ids import uuid7
from simpul.kernel.refs import RecordRef
from simpul.threads.models import Link
from simpul.threads.queries import Direction, Step, ThreadKnot, chain_from, dangling, thread_for
from simpul.threads.relations import RELATIONS
from simpul.threads.services import link_records, retract_link
from tests.threads.conftest import NOW, Shelf

pytestmark = pytest.mark.django_db


def tie(*refs: RecordRef, relation: str = "leads_to") -> list[Link]:
    """A thread through these records, one link after another."""
    return [
        link_records(System(), source, relation, target, now=NOW + timedelta(minutes=n))
        for n, (source, target) in enumerate(itertools.pairwise(refs))
    ]


def levels(steps: list[Step]) -> list[tuple[int, RecordRef]]:
    return [(step.level, step.far) for step in steps]


def drawn(knots: list[ThreadKnot]) -> list[tuple[int, str]]:
    return [(k.level, k.knot.title if k.knot else "—") for k in knots]


def test_a_chain_is_walked_forward_backward_and_both_ways(briefs: Shelf) -> None:
    a, b, c, d = (briefs.put(name) for name in "ABCD")
    tie(a, b, c, d)
    assert levels(chain_from(b, direction=Direction.FORWARD)) == [(1, c), (2, d)]
    assert levels(chain_from(b, direction=Direction.BACKWARD)) == [(-1, a)]
    assert levels(chain_from(b)) == [(-1, a), (1, c), (2, d)]
    assert levels(chain_from(a, max_depth=2)) == [(1, b), (2, c)]
    assert chain_from(a, max_depth=0) == []
    assert chain_from(RecordRef(briefs.kind, uuid7())) == []


def test_branches_keep_the_order_they_were_recorded_in(briefs: Shelf) -> None:
    a, b, c, d = (briefs.put(name) for name in "ABCD")
    link_records(System(), a, "leads_to", c, now=NOW + timedelta(days=1))
    link_records(System(), a, "leads_to", b, now=NOW)
    link_records(System(), b, "leads_to", d, now=NOW + timedelta(days=2))
    link_records(System(), c, "affects", d, now=NOW + timedelta(days=3))
    assert levels(chain_from(a)) == [(1, b), (1, c), (2, d), (2, d)]


def test_a_circle_ends(briefs: Shelf) -> None:
    a, b, c = (briefs.put(name) for name in "ABC")
    tie(a, b, c, a)
    assert levels(chain_from(a, direction=Direction.FORWARD, max_depth=50)) == [(1, b), (2, c), (3, a)]


def test_a_walk_is_one_query_however_deep(briefs: Shelf) -> None:
    refs = [briefs.put(str(n)) for n in range(20)]
    tie(*refs)
    for depth in (1, 20):
        with CaptureQueriesContext(connection) as queries:
            assert len(chain_from(refs[0], max_depth=depth)) == min(depth, 19)
        assert len(queries) == 1


def test_a_thread_asks_each_kind_once(briefs: Shelf, rulings: Shelf) -> None:
    refs = [shelf.put(str(n)) for n in range(4) for shelf in (briefs, rulings)]
    tie(*refs)
    briefs.asked = rulings.asked = 0
    with CaptureQueriesContext(connection) as queries:
        thread_for(Anonymous(), refs[0])
    assert (len(queries), briefs.asked, rulings.asked) == (1, 1, 1)


def test_a_thread_reads_from_the_far_past_to_the_far_future(briefs: Shelf, rulings: Shelf) -> None:
    complaint, figure, brief, ruling = (
        briefs.put("Aduan"),
        briefs.put("Angka"),
        briefs.put("Ringkasan"),
        rulings.put("Perbup"),
    )
    first, second, third = tie(complaint, figure, brief, ruling)
    knots = thread_for(Anonymous(), brief)
    assert drawn(knots) == [(-2, "Aduan"), (-1, "Angka"), (0, "Ringkasan"), (1, "Perbup")]
    assert [[(t.link_id, t.other, t.forward) for t in knot.ties] for knot in knots] == [
        [(first.pk, figure, False)],
        [(second.pk, brief, False)],
        [],
        [(third.pk, brief, True)],
    ]
    assert [knot.knot.href if knot.knot else None for knot in knots] == [
        *(f"/surat/{ref.uuid}/" for ref in (complaint, figure, brief)),
        None,
    ]
    assert str(knots[3].ties[0].label) == str(RELATIONS["leads_to"].forward)
    assert str(knots[0].ties[0].label) == str(RELATIONS["leads_to"].backward)


def test_a_hidden_knot_takes_with_it_all_that_hangs_on_it_alone(briefs: Shelf, rulings: Shelf) -> None:
    start, hidden, beyond = briefs.put("Awal"), rulings.put("Kasus rahasia", hidden=True), briefs.put("Sesudah")
    tie(start, hidden, beyond)
    assert drawn(thread_for(Anonymous(), start)) == [(0, "Awal")]
    assert drawn(thread_for(System(), start)) == [(0, "Awal"), (1, "Kasus rahasia"), (2, "Sesudah")]


def test_levels_are_those_of_the_visible_thread(briefs: Shelf, rulings: Shelf) -> None:
    start, hidden, end = briefs.put("Awal"), rulings.put("Rahasia", hidden=True), briefs.put("Akhir")
    tie(start, hidden, end)
    tie(start, *(briefs.put(f"Jalan {n}") for n in (1, 2)), end)
    seen = thread_for(Anonymous(), start)
    assert drawn(seen) == [(0, "Awal"), (1, "Jalan 1"), (2, "Jalan 2"), (3, "Akhir")]
    assert len(seen[3].ties) == 1


def test_a_sealed_relation_shows_a_knot_without_title_or_id(
    briefs: Shelf, rulings: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(RELATIONS, "became", replace(RELATIONS["became"], sealed=True))
    start, hidden, beyond = briefs.put("Aduan"), rulings.put("Kasus rahasia", hidden=True), briefs.put("Ringkasan")
    tie(start, hidden, relation="became")
    tie(hidden, beyond, relation="evidences")
    seen = thread_for(Anonymous(), start)
    assert drawn(seen) == [(0, "Aduan"), (1, "—"), (2, "Ringkasan")]
    assert (seen[1].is_sealed, seen[1].ref, seen[1].knot) == (True, None, None)
    assert seen[2].ties[0].other is None
    assert str(hidden.uuid) not in repr(seen)


def test_a_thread_from_what_is_out_of_sight_is_not_found(rulings: Shelf) -> None:
    hidden = rulings.put("Rahasia", hidden=True)
    for unseen in (hidden, RecordRef(rulings.kind, uuid7()), RecordRef("nobody.knows", uuid7())):
        with pytest.raises(NotFound) as missing:
            thread_for(Anonymous(), unseen)
        assert (missing.value.kind, missing.value.uuid) == (unseen.kind, unseen.uuid)


def test_dangling_names_links_whose_record_is_gone_or_whose_kind_nobody_knows(briefs: Shelf, rulings: Shelf) -> None:
    kept, erased, hidden = briefs.put("Ada"), rulings.put("Dihapus"), rulings.put("Rahasia", hidden=True)
    [broken] = tie(kept, erased)
    [sound] = tie(kept, hidden)
    [undone] = tie(erased, hidden)
    retract_link(System(), undone, now=NOW)
    stranger = RecordRef("nobody.knows", uuid7())
    odd = Link.objects.create(
        source_kind=stranger.kind,
        source_id=stranger.uuid,
        relation="affects",
        target_kind=kept.kind,
        target_id=kept.uuid,
        recorded_at=NOW + timedelta(days=1),
    )
    del rulings.titles[erased.uuid]
    assert [(d.link_id, d.ref, d.reason) for d in dangling()] == [
        (broken.pk, erased, "missing"),
        (odd.pk, stranger, "unregistered"),
    ]
    assert sound.pk not in {d.link_id for d in dangling()}


class AgainstTheNaiveWalk(TestCase):
    """Any tangle of links, any depth: the statement gives what a walk on paper gives."""

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=20), st.integers(0, 6))
    def test_forward(self, pairs: set[tuple[int, int]], max_depth: int) -> None:
        refs = [RecordRef("letters.brief", uuid7()) for _ in range(7)]
        pairs = {(a, b) for a, b in pairs if a != b}
        Link.objects.bulk_create(
            Link(
                source_kind=refs[a].kind,
                source_id=refs[a].uuid,
                relation="leads_to",
                target_kind=refs[b].kind,
                target_id=refs[b].uuid,
                recorded_at=NOW,
            )
            for a, b in pairs
        )
        depth, edge = {0: 0}, {0}
        for level in range(1, max_depth + 1):
            edge = {b for a, b in pairs if a in edge} - depth.keys()
            depth |= dict.fromkeys(edge, level)
        expected = {(depth[a] + 1, a, b) for a, b in pairs if a in depth and depth[a] < max_depth}
        steps = chain_from(refs[0], direction=Direction.FORWARD, max_depth=max_depth)
        assert {(s.level, refs.index(s.near), refs.index(s.far)) for s in steps} == expected
        assert len(steps) == len(expected)
        assert [s.level for s in steps] == sorted(s.level for s in steps)
