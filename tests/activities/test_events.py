"""Planning: times in the right zone, numbers across years, what can't be true together, sessions that don't meet."""

from datetime import UTC, date, datetime, timedelta

import pytest

from simpul.activities.kinds import EventKind, Mode, Visibility
from simpul.activities.models import Event, Session
from simpul.activities.queries.events import contributors_of, sessions_of
from simpul.activities.services.events import change_event, clone_event, create_event, number_event
from simpul.activities.services.life import cancel_event, hold_event, publish_event, reschedule_event
from simpul.activities.services.programme import (
    add_contribution,
    add_item,
    add_session,
    change_session,
    remove_session,
)
from simpul.activities.services.series import add_break, create_series
from simpul.activities.states import EventState
from simpul.kernel.errors import Conflict, Invalid
from simpul.kernel.ids import uuid7
from simpul.kernel.localized import LocalizedText
from simpul.kernel.time import Zone
from tests.activities.conftest import Frame
from tests.activities.test_acts import make_series
from tests.factories.activities import HOURS, NOW, START, SYSTEM, TITLE, came, enrol, make_event, somebody
from tests.factories.organisations import make_organisation
from tests.factories.territory import areas

pytestmark = pytest.mark.django_db
AN_HOUR = timedelta(hours=1)


def code_of(act: object) -> tuple[str, str | None]:
    with pytest.raises(Invalid) as error:
        act()  # type: ignore[operator]
    return error.value.code, error.value.field


def test_a_draft_has_one_session_as_long_as_itself() -> None:
    event = make_event(published=False)
    session = Session.objects.get(event=event)
    assert (session.starts_at, session.ends_at, event.state) == (event.starts_at, event.ends_at, EventState.DRAFT)


def test_the_same_id_again_is_the_same_event() -> None:
    key, host = uuid7(), make_organisation()
    assert {make_event(host, id=key, published=False).pk for _ in range(2)} == {key}
    assert Session.objects.filter(event=key).count() == 1
    with pytest.raises(Conflict):
        make_event(make_organisation(), id=key, published=False)


@pytest.mark.parametrize(
    ("more", "code", "field"),
    [
        ({"ends_at": START}, "ends_before_start", "ends_at"),
        ({"ends_at": START + timedelta(days=400)}, "too_long", "ends_at"),
        ({"zone": "Asia/Singapore"}, "unknown_choice", "zone"),
        ({"title": None}, "title_needed", "title"),
        ({"title": LocalizedText(id="x" * 161)}, "too_long", "title"),
        ({"capacity": 0}, "not_a_count", "capacity"),
        ({"asks": ["nik"]}, "unknown_choice", "asks"),
        ({"is_sensitive": True, "takes_registrations": True}, "counts_only", "takes_registrations"),
        ({"kind": EventKind.CASE_CONFERENCE}, "restricted", "visibility"),
        (
            {"registration_opens_at": START, "registration_closes_at": NOW},
            "ends_before_start",
            "registration_closes_at",
        ),
    ],
)
def test_what_can_t_be_true_is_refused_at_its_field(db: None, more: dict[str, object], code: str, field: str) -> None:
    assert code_of(lambda: make_event(published=False, **more)) == (code, field)
    assert not Event.objects.exists()


def test_an_event_lies_in_the_zone_of_its_place_then_of_its_host() -> None:
    village, manokwari = areas("52.03.05.2009", "92.02.12.1001")
    host = make_organisation(seat=village)
    at_night = {"starts_at": datetime(2025, 12, 31, 16, 30, tzinfo=UTC), "published": False}
    here = make_event(host, **at_night)
    east = make_event(host, area=manokwari, **at_night)
    assert (here.clock, here.starts_on, here.zone_name) == (Zone.WITA, date(2026, 1, 1), "WITA")
    assert (east.clock, east.starts_on, east.local_start.hour) == (Zone.WIT, date(2026, 1, 1), 1)
    assert make_event(make_organisation(), **at_night).starts_on == date(2025, 12, 31)


def test_what_ends_at_midnight_does_not_reach_into_the_next_day() -> None:
    starts = datetime(2025, 6, 1, 12, 0, tzinfo=UTC)
    event = make_event(starts_at=starts, ends_at=datetime(2025, 6, 1, 17, 0, tzinfo=UTC), published=False)
    assert (event.starts_on, event.ends_on) == (date(2025, 6, 1), date(2025, 6, 1))


def test_numbers_go_on_across_years_and_are_given_once() -> None:
    host = make_organisation()
    series = make_series(host)
    december, january = (datetime(y, m, 5, 3, 0, tzinfo=UTC) for y, m in ((2025, 12), (2026, 1)))
    make_event(host, series=series, number=22, starts_at=december)
    assert make_event(host, series=series, starts_at=january).number == 23
    assert code_of(lambda: make_event(host, series=series, number=22)) == ("number_taken", "number")
    single = make_event(host)
    assert number_event(SYSTEM, single, series=series, now=NOW).number == 24
    assert code_of(lambda: number_event(SYSTEM, single, series=series, number=23, now=NOW))[0] == "number_taken"
    assert number_event(SYSTEM, single, series=None, now=NOW).number is None


def test_it_is_announced_only_with_a_place_to_go_to() -> None:
    event = make_event(mode=Mode.PLACE, published=False)
    assert code_of(lambda: publish_event(SYSTEM, event, now=NOW)) == ("place_needed", "venue")
    event = change_event(SYSTEM, event, seen=event.version, venue="Aula Kantor Desa", now=NOW)
    assert publish_event(SYSTEM, event, now=NOW).state is EventState.PUBLISHED


def test_two_who_change_one_event_see_both_versions(frame: Frame) -> None:
    seen = frame.event.version
    change_event(frame.planner, frame.event, seen=seen, venue="Aula", now=NOW)
    with pytest.raises(Conflict) as error:
        change_event(frame.planner, frame.event, seen=seen, venue="Balai", now=NOW)
    assert error.value.theirs == {"venue": "Aula", "changed_at": NOW} or error.value.theirs == {"venue": "Aula"}


def test_the_link_to_join_is_stored_encrypted(frame: Frame) -> None:
    event = change_event(
        frame.planner, frame.event, seen=frame.event.version, joining_link="zoom.example/j/123", now=NOW
    )
    assert Event.objects.get(pk=event.pk).joining_link.open() == "https://zoom.example/j/123"
    assert "zoom" not in str(Event.objects.filter(pk=event.pk).values("joining_link").get())


def test_people_named_already_keep_an_event_from_becoming_one_of_counts(frame: Frame) -> None:
    came(frame.event, somebody())
    with pytest.raises(Conflict) as error:
        change_event(
            frame.planner, frame.event, seen=frame.event.version, is_sensitive=True, takes_registrations=False, now=NOW
        )
    assert error.value.code == "names_kept"


def test_sessions_of_one_room_never_meet_and_stay_within_the_event(frame: Frame) -> None:
    event = frame.event
    first = add_session(SYSTEM, event, starts_at=START, ends_at=START + AN_HOUR, title=TITLE, now=NOW)
    assert [row.pk for row in sessions_of(event)] == [first.pk], "the session as long as the event gave way"
    half = START + timedelta(minutes=30)
    overlapping = {"starts_at": half, "ends_at": half + AN_HOUR, "now": NOW}
    assert code_of(lambda: add_session(SYSTEM, event, **overlapping)) == ("sessions_overlap", "starts_at")
    elsewhere = add_session(SYSTEM, event, **overlapping, track="Ruang B")
    same_room = {"starts_at": half, "ends_at": half + AN_HOUR, "title": None, "track": "", "now": NOW}
    assert code_of(lambda: change_session(SYSTEM, elsewhere, **same_room)) == ("sessions_overlap", "starts_at")
    after = {"starts_at": START + AN_HOUR, "ends_at": START + 2 * AN_HOUR, "now": NOW}
    assert add_session(SYSTEM, event, **after).pk, "one begins when the other ends"
    beyond = {"starts_at": START + 2 * AN_HOUR, "ends_at": START + 4 * AN_HOUR, "now": NOW}
    assert code_of(lambda: add_session(SYSTEM, event, **beyond)) == ("outside_event", "starts_at")
    backwards = {"starts_at": START + AN_HOUR, "ends_at": START, "now": NOW}
    assert code_of(lambda: add_session(SYSTEM, event, **backwards)) == ("ends_before_start", "ends_at")


def test_a_session_somebody_was_at_stays(frame: Frame) -> None:
    came(frame.event, somebody())
    alone = Session.objects.get(event=frame.event)
    with pytest.raises(Conflict) as used:
        remove_session(SYSTEM, alone, now=NOW)
    assert used.value.code == "session_used"
    with pytest.raises(Conflict) as last:
        remove_session(SYSTEM, Session.objects.get(event=make_event(frame.host)), now=NOW)
    assert last.value.code == "last_session"


def test_a_moved_event_takes_its_sessions_along_and_grows_its_sequence(frame: Frame) -> None:
    event = frame.event
    for hour in range(2):
        begin = START + hour * AN_HOUR
        add_session(SYSTEM, event, starts_at=begin, ends_at=begin + AN_HOUR, title=TITLE, now=NOW)
    moved = reschedule_event(
        SYSTEM, event, starts_at=START + AN_HOUR, ends_at=START + AN_HOUR + HOURS, reason="Aula dipakai", now=NOW
    )
    assert [row.starts_at for row in sessions_of(event)] == [START + AN_HOUR, START + 2 * AN_HOUR]
    step = moved.steps.last()
    assert step is not None
    assert (moved.sequence, step.was_starts_at, step.reason) == (1, START, "Aula dipakai")
    with pytest.raises(Conflict) as error:
        reschedule_event(SYSTEM, event, starts_at=START, ends_at=START + AN_HOUR, reason="Singkat", now=NOW)
    assert error.value.code == "sessions_outside"
    assert code_of(
        lambda: reschedule_event(SYSTEM, event, starts_at=START, ends_at=START + HOURS, reason=" ", now=NOW)
    ) == ("reason_needed", "reason")


def test_a_refused_step_says_why(frame: Frame) -> None:
    assert code_of(lambda: hold_event(SYSTEM, frame.event, now=NOW)) == ("not_yet", None)
    assert code_of(lambda: cancel_event(SYSTEM, frame.event, reason="", now=NOW)) == ("reason_needed", "reason")
    cancel_event(SYSTEM, frame.event, reason="Hujan", now=NOW)
    for act in (
        lambda: hold_event(SYSTEM, frame.event, now=START),
        lambda: cancel_event(SYSTEM, frame.event, reason="Banjir", now=NOW),
        lambda: reschedule_event(SYSTEM, frame.event, starts_at=NOW, ends_at=START, reason="Besok", now=NOW),
    ):
        with pytest.raises(Conflict) as error:
            act()
        assert error.value.code == "transition_refused"
        assert str(error.value.message)


def test_a_cloned_event_has_the_programme_and_nobody_of_it(frame: Frame) -> None:
    event = frame.event
    session = add_session(SYSTEM, event, starts_at=START, ends_at=START + AN_HOUR, title=TITLE, now=NOW)
    item = add_item(SYSTEM, session, title=TITLE, minutes=30, now=NOW)
    add_contribution(SYSTEM, event, part="speaker", name="Bu Sekda", item=item, now=NOW)
    enrol(event)
    key = uuid7()
    again = [clone_event(SYSTEM, event, starts_at=START + timedelta(days=7), id=key, now=NOW) for _ in range(2)][1]
    copied = sessions_of(again)
    assert [row.starts_at for row in copied] == [START + timedelta(days=7)]
    assert [(i.title, i.minutes) for i in copied[0].items.all()] == [(TITLE, 30)]
    assert (again.state, again.registrations.count(), again.contributions.count()) == (EventState.DRAFT, 0, 0)
    assert (again.cloned_from_id, again.joining_link) == (event.pk, None)


def test_who_did_not_agree_is_shown_by_office_alone(frame: Frame) -> None:
    add_contribution(SYSTEM, frame.event, part="speaker", name="Sari", position="Kepala Dinas Sosial", now=NOW)
    add_contribution(SYSTEM, frame.event, part="moderator", name="Rudi", is_public=True, now=NOW)
    add_contribution(SYSTEM, frame.event, part="committee", name="Tini", now=NOW)
    assert [(c.part.value, c.name, c.position) for c in contributors_of(frame.event, keeps=False)] == [
        ("speaker", "", "Kepala Dinas Sosial"),
        ("moderator", "Rudi", ""),
    ]
    assert [c.name for c in contributors_of(frame.event, keeps=True)] == ["Sari", "Rudi", "Tini"]


def test_a_series_and_its_breaks_end_after_they_begin() -> None:
    host = make_organisation()
    about = {"title": TITLE, "kind": EventKind.WEBINAR, "visibility": Visibility.PUBLIC, "rhythm": "weekly"}
    days = {"starts_on": date(2025, 6, 1), "ends_on": date(2025, 5, 1)}
    assert code_of(lambda: create_series(SYSTEM, host, **about, **days, now=NOW)) == ("ends_before_start", "ends_on")
    series = make_series(host)
    back = {"valid_from": date(2025, 6, 2), "valid_until": date(2025, 6, 2), "now": NOW}
    assert code_of(lambda: add_break(SYSTEM, series, **back, reason="Libur"))[0] == "ends_before_start"
    back["valid_until"] = date(2025, 6, 3)
    assert code_of(lambda: add_break(SYSTEM, series, **back, reason=" "))[0] == "reason_needed"


def test_create_event_needs_no_more_than_it_must() -> None:
    event = create_event(
        SYSTEM,
        make_organisation(),
        kind=EventKind.TRAINING,
        title=TITLE,
        starts_at=START,
        ends_at=START + HOURS,
        mode=Mode.ONLINE,
        visibility=Visibility.HOSTS,
        now=NOW,
    )
    assert (event.asks, event.takes_registrations, event.number, event.joining_link) == ([], False, None, None)
