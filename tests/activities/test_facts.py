"""What is counted: forums that meet, organisations engaged, learners, each once; dates that differ."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from simpul.activities.facts.events import coverage_on_other_days, held_events, regularity_of, tally_of
from simpul.activities.facts.forums import engaged_organisations, forums_at_work
from simpul.activities.facts.learners import learners, reach, trained_organisations
from simpul.activities.health import no_seat_is_given_twice, offers_are_walked
from simpul.activities.kinds import Course, EventKind
from simpul.activities.models import Event, Registration
from simpul.activities.services.attendance import Heads, count_heads, undo_check_in
from simpul.activities.services.hosting import add_coverage, confirm_co_host, name_co_host
from simpul.activities.services.registrations import withdraw
from simpul.kernel.health import Level
from simpul.kernel.time import Period
from simpul.organisations.kinds import OrganisationKind as Kind
from simpul.organisations.models import Organisation, ProgrammeRole
from simpul.organisations.models.programmes import ProgrammeRoleKind
from tests.activities.test_acts import make_series
from tests.factories.activities import NOW, START, SYSTEM, came, enrol, make_event, make_held, session_of, somebody
from tests.factories.networks import admit, make_network, make_programme
from tests.factories.organisations import make_organisation

pytestmark = pytest.mark.django_db
JUNE = Period(date(2025, 6, 1), date(2025, 7, 1))
DAY = date(2025, 6, 30)


def forum(*members: str) -> Organisation:
    made = make_network(kind=Kind.LEARNING_FORUM)
    admit(made, *(make_organisation(kind=kind) for kind in members))
    return made


def test_a_forum_counts_once_it_met_and_is_of_several_parties() -> None:
    met, alone, silent, elsewhere, together = (
        forum(Kind.FOUNDATION, Kind.REGIONAL_AGENCY),
        forum(Kind.FOUNDATION, Kind.ASSOCIATION),
        forum(Kind.FOUNDATION, Kind.MEDIA),
        forum(Kind.FOUNDATION, Kind.UNIVERSITY),
        forum(Kind.COMMUNITY, Kind.COMPANY),
    )
    for one in (met, alone):
        make_held(one, kind=EventKind.LEARNING_FORUM)
    make_event(silent, kind=EventKind.LEARNING_FORUM)  # announced, never held
    make_held(elsewhere, kind=EventKind.CAMPAIGN)  # no meeting
    shared = make_held(met, kind=EventKind.COORDINATION)
    confirm_co_host(SYSTEM, name_co_host(SYSTEM, shared, organisation=together, now=NOW), now=NOW)
    assert set(forums_at_work(None, period=JUNE, day=DAY)) == {met, together}
    july = Period(date(2025, 7, 1), date(2025, 8, 1))
    assert not forums_at_work(None, period=july, day=DAY).exists()
    before = datetime(2025, 6, 5, tzinfo=UTC)
    assert not forums_at_work(None, period=JUNE, day=DAY, as_of=before).exists()


def test_engaged_organisations_are_counted_once_however_many_forums_and_events() -> None:
    member, guest, agency = make_organisation(), make_organisation(), make_organisation(kind=Kind.REGIONAL_AGENCY)
    forums = [make_network(kind=Kind.LEARNING_FORUM) for _ in range(2)]
    for one in forums:
        admit(one, member)
        came(make_held(one), *(somebody(organisation=o) for o in (member, guest, agency)))
    enrol(make_event(forums[0]), somebody(organisation=make_organisation()))  # registered, did not come
    came(make_held(make_organisation()), somebody(organisation=make_organisation()))  # of no forum
    programme = _programme_of(forums)
    found = engaged_organisations(programme, period=JUNE, day=DAY)
    assert sorted(found.values_list("pk", flat=True)) == sorted([member.pk, guest.pk])


def _programme_of(forums: list[Organisation]) -> UUID:
    programme = make_programme()
    for one in forums:
        ProgrammeRole.objects.create(
            programme=programme, organisation=one, role=ProgrammeRoleKind.LEARNING_FORUM, recorded_at=NOW
        )
    return programme.pk


def test_learners_are_counted_once_over_organisers_as_they_were_last() -> None:
    first, second = make_held(), make_held(starts_at=START + timedelta(days=1))
    sari = {"phone": "081234567890", "sex": "P"}
    came(first, somebody("Inaq Sari", age_band="25-39", disability="none", **sari), somebody(sex="L"))
    came(second, somebody("INAQ  SARI", age_band="40-59", disability="physical", **sari), somebody("Rudi", phone=""))
    came(make_held(kind=EventKind.CAMPAIGN), somebody(sex="L"))
    found = reach(period=JUNE)
    assert (found.people, found.unidentified, found.disabled, found.heads) == (3, 1, 1, 0)
    assert found.by == {
        "sex": {"": 1, "L": 1, "P": 1},
        "age_band": {"": 2, "40-59": 1},
        "disability": {"": 2, "physical": 1},
    }
    assert reach(period=JUNE, organisations=[first.owner_organisation_id]).by["age_band"] == {"": 1, "25-39": 1}
    assert learners(period=Period(None, date(2025, 6, 1))).count() == 0


def test_who_was_noted_by_mistake_or_later_was_not_reached_then() -> None:
    event = make_held()
    there = came(event, somebody(), somebody())
    undo_check_in(SYSTEM, there[0].attendances.get(), reason="Salah", now=START + timedelta(days=3))
    assert reach(period=JUNE).people == 1
    assert reach(period=JUNE, as_of=START + timedelta(days=2)).people == 2
    assert reach(period=JUNE, as_of=START - timedelta(days=1)).people == 0


def test_heads_are_told_apart_from_people() -> None:
    event = make_event(is_sensitive=True)
    count_heads(SYSTEM, session_of(event), rows=[Heads(12, sex="P"), Heads(3, sex="L")], now=START)
    assert reach(period=JUNE).heads == 0, "not held yet"
    Event.objects.filter(pk=event.pk).update(held_at=START)
    assert (reach(period=JUNE).people, reach(period=JUNE).heads) == (0, 15)
    assert tally_of(event.pk).by["sex"] == {"L": 3, "P": 12}


def test_organisations_trained_for_secretariats_are_counted_once() -> None:
    host, trained = make_organisation(), make_organisation()
    for _ in range(2):
        came(make_held(host, course=Course.SECRETARIAT), somebody(organisation=trained), somebody())
    came(make_held(host), somebody(organisation=host))
    assert list(trained_organisations(Course.SECRETARIAT, period=JUNE)) == [trained]


def test_the_day_of_an_event_is_not_the_day_it_was_published() -> None:
    event = make_held(starts_at=datetime(2025, 2, 6, 22, 0, tzinfo=UTC), zone="Asia/Makassar")
    add_coverage(SYSTEM, event, title="KK dua desa bertemu", published_on=date(2025, 2, 8), now=NOW)
    add_coverage(SYSTEM, event, title="Foto", published_on=date(2025, 2, 7), now=NOW)
    rows = coverage_on_other_days(period=Period(date(2025, 2, 1), date(2025, 3, 1)))
    assert [(row.title, row.event.starts_on, row.published_on) for row in rows] == [
        ("KK dua desa bertemu", date(2025, 2, 7), date(2025, 2, 8))
    ]


def test_regularity_gives_both_numbers() -> None:
    host = make_organisation()
    series = make_series(host)
    make_held(host, series=series, starts_at=datetime(2025, 6, 3, 1, tzinfo=UTC))
    found = regularity_of(series.pk, start=date(2025, 6, 2), until=date(2025, 6, 30))
    assert (found.held, found.due) == (1, 4)
    assert held_events(period=JUNE).count() == 1


def test_a_healthy_house_says_so_and_a_sick_one_what_is_wrong() -> None:
    event = make_event(capacity=1)
    first, _second = enrol(event), enrol(event)
    assert [f.level for probe in (no_seat_is_given_twice, offers_are_walked) for f in probe(NOW)] == [Level.OK] * 2
    withdraw(SYSTEM, first, now=NOW)
    assert [f.level for f in offers_are_walked(NOW + timedelta(days=3))] == [Level.FAIL]
    Registration.objects.filter(event=event, seat=1).update(seat=7)
    assert [f.level for f in no_seat_is_given_twice(NOW)] == [Level.FAIL]
