"""The desk's list is read in parts, each by an index: together they are what may be seen, each case once, in order."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from simpul.access.queries import actor_for
from simpul.access.services import grant_role
from simpul.access.services.emergencies import break_glass
from simpul.cases.models import Case
from simpul.cases.queries.cases import cases_for
from simpul.cases.queries.worklist import Filter, Shelf, worklist, worklist_with_counts
from simpul.cases.services.helping import add_need
from simpul.cases.services.sight import assign_companion, escalate_case, exclude_person
from simpul.kernel.actor import Actor, System
from tests.cast import Cast
from tests.factories.cases import MAKER, NOW, make_case, victim_of

LATER = NOW + timedelta(hours=1)
ALL = Filter(shelf=Shelf.OPEN)


def counted(actor: Actor, wanted: Filter, *, now: datetime = LATER) -> dict[Shelf, int]:
    return worklist_with_counts(actor, wanted, now=now)[1]


def desk_of(actor: Actor, wanted: Filter = ALL, *, limit: int = 30) -> list[Case]:
    """All pages of it."""
    page = worklist(actor, wanted, now=LATER, limit=limit)
    found = page.cases
    while page.after:
        page = worklist(actor, wanted, now=LATER, after=page.after, limit=limit)
        found += page.cases
    return found


@pytest.fixture
def mixed(cast: Cast) -> list[Case]:
    """Social ones and protected ones, at two groups; assigned, hidden, and nobody's."""
    made = []
    for number in range(3):
        at = NOW + timedelta(minutes=number)
        made += [
            make_case(cast.lentera, now=at),
            make_case(cast.lentera, types=["K.F"], now=at),
            make_case(cast.lentera, actor=cast.ani.actor, types=["K.P"], now=at),
            make_case(cast.lentera, actor=cast.ani.actor, now=at),
            make_case(cast.other_group, now=at),
            make_case(cast.other_group, actor=cast.hasan.actor, types=["PA.1"], now=at),
        ]
    for case in made:
        add_need(MAKER, victim_of(case), kind="SV.17", time_frame="days", now=case.received_at)
    hidden = made[2]
    exclude_person(cast.ani.actor, hidden, cast.budi.person, reason="Saudara", now=NOW)
    return made


def of_both(cast: Cast, key: str) -> Actor:
    """The same person with a grant at the other group too."""
    played = cast.played[key]
    assert played.person
    assert played.user
    other = cast.lentera if key == "hasan" else cast.other_group
    grant_role(MAKER, played.person, role="companion", organisation=other, reason="juga di sana", now=NOW)
    return actor_for(played.user.pk, now=LATER, second_factor=True)


@pytest.mark.parametrize("key", ["ani", "budi", "hasan"])
@pytest.mark.parametrize("limit", [2, 30])
def test_the_desk_holds_what_may_be_seen_once_and_in_order(cast: Cast, mixed: list[Case], key: str, limit: int) -> None:
    for actor in (cast.played[key].actor, of_both(cast, key)):
        seen = cases_for(actor, now=LATER)
        newest = list(seen.order_by("-received_at", "-id"))
        assert desk_of(actor, limit=limit) == newest
        assert newest
        soon = list(seen.order_by("due_at", "id"))
        assert desk_of(actor, Filter(shelf=Shelf.SOON), limit=limit) == soon
        assert counted(actor, ALL)[Shelf.SOON] == len(soon)


def test_ones_own_are_the_assigned_ones(cast: Cast, mixed: list[Case]) -> None:
    own = [case.pk for case in desk_of(cast.ani.actor, Filter(mine=True))]
    assert own == [case.pk for case in reversed(mixed) if case.opened_by == cast.ani.person]
    assert desk_of(cast.budi.actor, Filter(mine=True)) == []


def test_one_village_is_asked_for_as_itself_and_an_area_as_all_in_it(cast: Cast, mixed: list[Case]) -> None:
    code = mixed[0].area_id
    everywhere = desk_of(cast.ani.actor)
    for area_code in (code, code[:8], code[:5]):
        assert desk_of(cast.ani.actor, Filter(area_code=area_code)) == everywhere
    assert desk_of(cast.ani.actor, Filter(area_code="11.01")) == []


def test_what_was_opened_in_an_emergency_is_on_the_desk_once(cast: Cast, mixed: list[Case]) -> None:
    hidden_in_a_role = make_case(cast.lentera, types=["K.S"], now=NOW)
    assert hidden_in_a_role not in desk_of(cast.ani.actor)
    told = "Ia di rumah sakit malam ini juga."
    break_glass(cast.budi.actor, mixed[1].ref, organisation=cast.lentera, reason=told, now=NOW)
    assert desk_of(cast.budi.actor).count(mixed[1]) == 1


def test_a_supervisor_has_what_was_brought_to_them(cast: Cast, mixed: list[Case]) -> None:
    assert desk_of(cast.kartika.actor) == []
    escalate_case(cast.budi.actor, mixed[1], to=cast.support, reason="Tidak ada jawaban", now=NOW)
    assert desk_of(cast.kartika.actor) == [mixed[1]]


def test_much_overdue_hides_no_number_of_what_is_due_next(
    cast: Cast, mixed: list[Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A desk that is swamped still tells how many are due next; here six overdue ones are a swamp."""
    monkeypatch.setattr("simpul.cases.queries.worklist.MOST", 2)
    seen = cases_for(cast.ani.actor, now=LATER)
    keys = list(seen.order_by("id").values_list("pk", flat=True))
    Case.objects.filter(pk__in=keys).update(due_at=LATER - timedelta(days=1))
    Case.objects.filter(pk__in=keys[:2]).update(due_at=LATER + timedelta(days=2))
    counts = counted(cast.ani.actor, ALL)
    assert (counts[Shelf.OVERDUE], counts[Shelf.TODAY], counts[Shelf.SOON]) == (6, 0, 2)


def test_what_is_due_is_counted_alike_on_every_shelf(cast: Cast, mixed: list[Case]) -> None:
    Case.objects.filter(pk=mixed[0].pk).update(due_at=None, stage="unreachable", closed_on=LATER.date())
    counts = [counted(cast.budi.actor, Filter(shelf=shelf)) for shelf in Shelf]
    assert counts == counts[:1] * len(Shelf)
    assert counts[0][Shelf.OVERDUE] + counts[0][Shelf.TODAY] + counts[0][Shelf.SOON] > 0


@pytest.mark.parametrize("limit", [1, 30])
def test_the_page_that_comes_with_its_counts_is_the_same(cast: Cast, mixed: list[Case], limit: int) -> None:
    for day in (timedelta(0), timedelta(days=200)):  # nothing is overdue yet; all is
        for shelf in Shelf:
            wanted, now = Filter(shelf=shelf), LATER + day
            page, counts = worklist_with_counts(cast.ani.actor, wanted, now=now, limit=limit)
            assert page == worklist(cast.ani.actor, wanted, now=now, limit=limit)
            assert counts == counted(cast.ani.actor, ALL, now=now)
    assert counts[Shelf.OVERDUE] > 1


def test_the_platform_itself_has_all(cast: Cast, mixed: list[Case]) -> None:
    assert len(desk_of(System("clocks"), limit=5)) == len(mixed)


@pytest.mark.parametrize("key", ["ani", "budi", "kartika"])
def test_no_case_is_looked_for_from_end_to_end(cast: Cast, mixed: list[Case], key: str) -> None:
    """Shelves are walked by their own index, the rest is found by key."""
    actor, case = cast.played[key].actor, mixed[1]
    assign_companion(cast.budi.actor, case, cast.ani.person, now=NOW)
    for wanted in (ALL, Filter(shelf=Shelf.OVERDUE), Filter(shelf=Shelf.ENDED), Filter(mine=True)):
        for area_code in ("", case.area_id):
            asked = Filter(shelf=wanted.shelf, mine=wanted.mine, area_code=area_code)
            with CaptureQueriesContext(connection) as captured:
                worklist(actor, asked, now=LATER)
                counted(actor, asked)
            for query in captured.captured_queries:
                _assert_indexed(query["sql"])


def _assert_indexed(sql: str) -> None:
    if connection.vendor == "postgresql":
        _assert_indexed_on_postgresql(sql)
        return
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        plan = [row[3] for row in cursor.fetchall()]
    for line in plan:
        assert not line.startswith("SCAN"), (line, sql)
        # Alone, the group's own index would lead through all it ever kept.
        assert "cases_case_owner_organisation" not in line, (line, sql)
        assert "case_newest" not in line, (line, sql)


def _assert_indexed_on_postgresql(sql: str) -> None:
    """With so few rows it reads them all, and rightly: that is forbidden here, so that it must find an index."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {sql}")
        plan = [str(row[0]) for row in cursor.fetchall()]
        cursor.execute("SET LOCAL enable_seqscan = on")
    assert [line for line in plan if "Seq Scan on cases_case " in line] == [], sql
