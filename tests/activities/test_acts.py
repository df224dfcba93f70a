"""Who may not, and what is left in the record of acts: every service of events, once."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeVar

import pytest

from simpul.activities.kinds import EventKind, Mode, Part, Rhythm, Visibility
from simpul.activities.models import Attendance, CoHost, Coverage, Event, EventSeries, Invitation, Telling, What
from simpul.activities.passes import new_receipt, pass_of
from simpul.activities.services.attendance import Heads, check_in, count_heads, undo_check_in, walk_in
from simpul.activities.services.events import change_event, clone_event, create_event, number_event
from simpul.activities.services.hosting import (
    add_coverage,
    confirm_co_host,
    name_co_host,
    remove_co_host,
    remove_coverage,
)
from simpul.activities.services.invitations import decline, invite, remind_unanswered
from simpul.activities.services.life import (
    cancel_event,
    close_event,
    hold_event,
    publish_event,
    reopen_event,
    reschedule_event,
)
from simpul.activities.services.participants import change_participant, erase_participant
from simpul.activities.services.programme import (
    add_contribution,
    add_item,
    add_session,
    change_session,
    remove_contribution,
    remove_item,
    remove_session,
)
from simpul.activities.services.registrations import accept_offer, register, settle_offers, withdraw
from simpul.activities.services.reminders import note_told, remind
from simpul.activities.services.seats import release_seats, reserve_seats, set_capacity
from simpul.activities.services.series import add_break, change_series, create_series, remove_break
from simpul.audit.models import Act
from simpul.kernel.actor import Actor, Anonymous
from simpul.kernel.errors import Denied, NotFound
from simpul.kernel.localized import LocalizedText
from simpul.organisations.models import Organisation
from tests.activities.conftest import Frame, worker
from tests.factories.activities import HOURS, NOW, START, SYSTEM, TITLE, enrol, make_event, session_of, somebody
from tests.factories.organisations import make_organisation
from tests.marks import audits, denies

pytestmark = pytest.mark.django_db
AN_HOUR = timedelta(hours=1)
Made = TypeVar("Made")


def make_series(host: Organisation) -> EventSeries:
    return create_series(
        SYSTEM,
        host,
        title=LocalizedText(id="Semidaring"),
        kind=EventKind.WEBINAR,
        visibility=Visibility.PUBLIC,
        rhythm=Rhythm.WEEKLY,
        starts_on=date(2025, 6, 2),
        now=NOW,
    )


def refused(act: Callable[[Actor], object], actor: Actor) -> str:
    """The permission that was missing, or "unseen"."""
    try:
        act(actor)
    except Denied as error:
        return error.permission
    except NotFound:
        return "unseen"
    return "allowed"


def twice(act: Callable[[], Made]) -> Made:
    """Sent again, as a telephone does that had no answer; what came the second time."""
    act()
    return act()


@denies(
    create_event, change_event, clone_event, number_event, publish_event, cancel_event, reschedule_event, hold_event,
    close_event, reopen_event, add_session, change_session, remove_session, add_item, remove_item, add_contribution,
    remove_contribution, name_co_host, remove_co_host, add_coverage, remove_coverage, invite, remind_unanswered,
    set_capacity, reserve_seats, release_seats, create_series, change_series, add_break, remove_break,
)  # fmt: skip
def test_only_who_keeps_events_of_the_host_plans_and_changes_them(frame: Frame) -> None:
    event, host = frame.event, frame.host
    set_capacity(SYSTEM, event, capacity=10, now=NOW)
    session, series, when = session_of(event), make_series(host), {"starts_at": START, "ends_at": START + HOURS}
    item = add_item(SYSTEM, session, title=TITLE, now=NOW)
    given = add_contribution(SYSTEM, event, part=Part.SPEAKER, name="Sari", now=NOW)
    co_host = name_co_host(SYSTEM, event, organisation=make_organisation(), now=NOW)
    told = add_coverage(SYSTEM, event, title="Berita", published_on=date(2025, 6, 1), now=NOW)
    kept, _code = reserve_seats(SYSTEM, event, organisation=make_organisation(), seats=2, now=NOW)
    pause = add_break(
        SYSTEM, series, valid_from=date(2025, 7, 1), valid_until=date(2025, 7, 9), reason="Libur", now=NOW
    )
    said = {"kind": EventKind.WORKSHOP, "title": TITLE, "mode": Mode.ONLINE, "visibility": Visibility.PUBLIC}
    about = {"title": TITLE, "kind": EventKind.WEBINAR, "visibility": Visibility.PUBLIC, "rhythm": Rhythm.NONE}
    acts: list[Callable[[Actor], object]] = [
        lambda who: create_event(who, host, **said, **when, now=NOW),
        lambda who: change_event(who, event, seen=event.version, venue="Aula", now=NOW),
        lambda who: clone_event(who, event, starts_at=START + timedelta(days=7), now=NOW),
        lambda who: number_event(who, event, series=series, now=NOW),
        lambda who: publish_event(who, event, now=NOW),
        lambda who: cancel_event(who, event, reason="Hujan", now=NOW),
        lambda who: reschedule_event(who, event, **when, reason="Hujan", now=NOW),
        lambda who: hold_event(who, event, now=START),
        lambda who: close_event(who, event, now=START),
        lambda who: reopen_event(who, event, reason="Lupa", now=START),
        lambda who: add_session(who, event, **when, now=NOW),
        lambda who: change_session(who, session, **when, title=None, track="", now=NOW),
        lambda who: remove_session(who, session, now=NOW),
        lambda who: add_item(who, session, title=TITLE, now=NOW),
        lambda who: remove_item(who, item, now=NOW),
        lambda who: add_contribution(who, event, part=Part.SPEAKER, name="Sari", now=NOW),
        lambda who: remove_contribution(who, given, now=NOW),
        lambda who: name_co_host(who, event, organisation=frame.host, now=NOW),
        lambda who: remove_co_host(who, co_host, now=NOW),
        lambda who: add_coverage(who, event, title="Berita", published_on=date(2025, 6, 1), now=NOW),
        lambda who: remove_coverage(who, told, now=NOW),
        lambda who: invite(who, event, organisations=[host], now=NOW),
        lambda who: remind_unanswered(who, event, now=NOW),
        lambda who: set_capacity(who, event, capacity=5, now=NOW),
        lambda who: reserve_seats(who, event, organisation=host, seats=1, now=NOW),
        lambda who: release_seats(who, kept, now=NOW),
        lambda who: create_series(who, host, **about, starts_on=date(2025, 6, 2), now=NOW),
        lambda who: change_series(who, series, seen=series.version, rhythm=Rhythm.MONTHLY, now=NOW),
        lambda who: add_break(
            who, series, valid_from=date(2025, 8, 1), valid_until=date(2025, 8, 2), reason="Libur", now=NOW
        ),
        lambda who: remove_break(who, pause, now=NOW),
    ]
    for actor in (frame.stranger, frame.door, Anonymous()):
        assert [refused(act, actor) for act in acts] == ["event.manage"] * len(acts)


@denies(
    check_in, walk_in, undo_check_in, count_heads, settle_offers, remind, note_told, register, accept_offer, withdraw,
    change_participant, erase_participant, confirm_co_host, decline,
)  # fmt: skip
def test_who_receives_nobody_there_learns_and_changes_nothing_of_those_who_come(frame: Frame) -> None:
    event, session = frame.event, session_of(frame.event)
    row = enrol(event)
    there = check_in(frame.door, session, participant=row.participant, now=START).attendance
    acts: list[Callable[[Actor], object]] = [
        lambda who: check_in(who, session, participant=row.participant, now=START),
        lambda who: walk_in(who, session, details=somebody(), now=START),
        lambda who: undo_check_in(who, there, reason="Salah", now=START),
        lambda who: count_heads(who, session, rows=[Heads(3)], now=START),
        lambda who: settle_offers(who, event, now=NOW),
        lambda who: remind(who, event, now=NOW),
    ]
    theirs: list[Callable[[Actor], object]] = [
        lambda who: accept_offer(who, row, now=NOW),
        lambda who: withdraw(who, row, receipt=new_receipt(), now=NOW),
        lambda who: change_participant(who, row.participant, details=somebody(), now=NOW),
        lambda who: erase_participant(who, row.participant, receipt="", now=NOW),
    ]
    for actor in (frame.stranger, frame.planner, Anonymous()):
        assert [refused(act, actor) for act in acts] == ["attendance.record"] * len(acts)
        assert [refused(act, actor) for act in theirs] == ["unseen"] * len(theirs)
    draft = make_event(frame.host, published=False)
    co_host = name_co_host(SYSTEM, event, organisation=make_organisation(), now=NOW)
    invite(SYSTEM, event, organisations=[make_organisation()], now=NOW)
    told = Telling.objects.create(registration=row, what=What.SOON, sequence=0, way="hand", due_at=NOW)
    assert refused(lambda who: enrol(draft, actor=who), frame.stranger) == "unseen"
    assert refused(lambda who: confirm_co_host(who, co_host, now=NOW), frame.planner) == "unseen"
    assert refused(lambda who: decline(who, Invitation.objects.get(), now=NOW), frame.planner) == "unseen"
    assert refused(lambda who: note_told(who, told, now=NOW), frame.stranger) == "attendance.record"


def acts_of() -> list[str]:
    rows = Act.objects.filter(act__startswith="activities.").order_by("id")
    return [act.removeprefix("activities.") for act in rows.values_list("act", flat=True)]


@audits(
    create_series, change_series, add_break, remove_break, create_event, change_event, clone_event, number_event,
    publish_event, reschedule_event, cancel_event, hold_event, close_event, reopen_event, add_session, change_session,
    remove_session, add_item, remove_item, add_contribution, remove_contribution, name_co_host, confirm_co_host,
    remove_co_host, add_coverage, remove_coverage,
)  # fmt: skip
def test_planning_leaves_one_row_for_each_act_however_often_it_is_sent(db: None) -> None:
    host, partner = make_organisation(), make_organisation()
    planner, theirs = worker(host, "event.manage"), worker(partner, "event.manage")
    series = make_series(host)
    change_series(planner, series, seen=1, rhythm=Rhythm.MONTHLY, now=NOW)
    days = {"valid_from": date(2025, 7, 1), "valid_until": date(2025, 7, 9)}
    pause = twice(lambda: add_break(planner, series, **days, reason="Libur", now=NOW))
    twice(lambda: remove_break(planner, pause, now=NOW))
    event = make_event(host, actor=planner, published=False)
    event = change_event(planner, event, seen=event.version, venue="Aula desa", now=NOW)
    twice(lambda: number_event(planner, event, series=series, number=23, now=NOW))
    when = {"starts_at": START, "ends_at": START + AN_HOUR}
    session = add_session(planner, event, **when, title=TITLE, now=NOW)
    add_session(planner, event, **when, title=TITLE, id=session.pk, now=NOW)
    session = change_session(planner, session, **when, title=TITLE, track="Ruang A", now=NOW)
    second = add_session(planner, event, **when, title=TITLE, track="Ruang B", now=NOW)
    item = add_item(planner, session, title=TITLE, minutes=20, now=NOW)
    given = add_contribution(planner, event, part=Part.MODERATOR, name="Sari", item=item, now=NOW)
    co_host = twice(lambda: name_co_host(planner, event, organisation=partner, now=NOW))
    twice(lambda: confirm_co_host(theirs, co_host, now=NOW))
    told = twice(lambda: add_coverage(planner, event, title="Berita", published_on=date(2025, 6, 1), now=NOW))
    twice(lambda: remove_session(planner, second, now=NOW))
    twice(lambda: remove_contribution(planner, given, now=NOW))
    twice(lambda: remove_item(planner, item, now=NOW))
    twice(lambda: remove_co_host(theirs, co_host, now=NOW))
    twice(lambda: remove_coverage(planner, told, now=NOW))
    twice(lambda: publish_event(planner, event, now=NOW))
    twice(
        lambda: reschedule_event(
            planner, event, starts_at=START + AN_HOUR, ends_at=START + HOURS, reason="Aula", now=NOW
        )
    )
    twice(lambda: hold_event(planner, event, now=START + HOURS))
    twice(lambda: close_event(planner, event, now=START + HOURS))
    twice(lambda: reopen_event(planner, event, reason="Foto", now=START + HOURS))
    other = clone_event(planner, event, starts_at=START + timedelta(days=7), now=NOW)
    twice(lambda: cancel_event(planner, other, reason="Hujan", now=NOW))
    assert acts_of() == [
        "create_series", "change_series", "add_break", "remove_break", "create_event", "change_event", "number_event",
        "add_session", "change_session", "add_session", "add_item", "add_contribution", "name_co_host",
        "confirm_co_host", "add_coverage", "remove_session", "remove_contribution", "remove_item", "remove_co_host",
        "remove_coverage", "publish_event", "reschedule_event", "hold_event", "close_event", "reopen_event",
        "create_event", "clone_event", "cancel_event",
    ]  # fmt: skip
    assert not CoHost.objects.exists()
    assert not Coverage.objects.exists()
    assert list(event.steps.values_list("act", "reason")) == [
        ("publish", ""), ("reschedule", "Aula"), ("hold", ""), ("close", ""), ("reopen", "Foto"),
    ]  # fmt: skip
    assert Event.objects.get(pk=other.pk).cancelled_reason == "Hujan"


@audits(
    set_capacity, reserve_seats, release_seats, register, accept_offer, withdraw, settle_offers, remind, note_told,
    invite, decline, remind_unanswered, check_in, walk_in, undo_check_in, change_participant, erase_participant,
    count_heads,
)  # fmt: skip
def test_receiving_leaves_one_row_for_each_act_and_nothing_that_was_typed(frame: Frame) -> None:
    event, session, receipt = frame.event, session_of(frame.event), new_receipt()
    guests = make_organisation()
    twice(lambda: set_capacity(frame.planner, event, capacity=2, now=NOW))
    kept, _code = reserve_seats(frame.planner, event, organisation=guests, seats=1, now=NOW)
    first = twice(lambda: enrol(event, somebody("Inaq Sari"), receipt=receipt))
    waiting = enrol(event)
    twice(lambda: release_seats(frame.planner, kept, now=NOW))
    twice(lambda: accept_offer(frame.door, waiting, now=NOW))
    third = enrol(event)
    twice(lambda: withdraw(Anonymous(), first, receipt=receipt, now=NOW))
    later = NOW + timedelta(days=2)
    twice(lambda: settle_offers(frame.door, event, now=later))
    assert third.pk
    twice(lambda: invite(frame.planner, event, organisations=[guests], now=NOW))
    twice(lambda: remind_unanswered(frame.planner, event, now=later))
    twice(lambda: decline(worker(guests, "event.manage"), Invitation.objects.get(), now=later))
    twice(lambda: remind(frame.door, event, now=START - AN_HOUR))
    told = Telling.objects.get(what=What.SOON)
    twice(lambda: note_told(frame.door, told, now=START - AN_HOUR))
    change_participant(frame.door, waiting.participant, details=somebody("Amaq Sari"), now=later)
    seen = twice(lambda: check_in(frame.door, session, participant=waiting.participant, now=START).attendance)
    twice(lambda: undo_check_in(frame.door, seen, reason="Salah orang", now=START))
    guest = walk_in(frame.door, session, details=somebody("Baiq Rini"), now=START).attendance
    twice(lambda: erase_participant(frame.door, guest.participant, now=START))
    undo_check_in(frame.door, guest, reason="Pulang", now=START)
    twice(lambda: count_heads(frame.door, session, rows=[Heads(12, sex="P")], now=START))
    assert acts_of()[2:] == [
        "set_capacity", "reserve_seats", "register", "register", "release_seats", "accept_offer", "register",
        "withdraw", "settle_offers", "invite", "remind_unanswered", "decline", "remind", "note_told",
        "change_participant", "check_in", "undo_check_in", "walk_in", "check_in", "erase_participant",
        "undo_check_in", "count_heads",
    ]  # fmt: skip
    said = str(list(Act.objects.values_list("details", flat=True)))
    assert [word for word in ("Sari", "Rini", "Salah", "+62", pass_of(receipt)) if word in said] == []
    assert Attendance.objects.filter(undone_at=None).count() == 0
