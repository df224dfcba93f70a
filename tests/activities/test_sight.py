"""Who sees which events, series, papers and participants."""

from datetime import timedelta

import pytest

from simpul.activities.kinds import EventKind, PhotoConsent, Visibility
from simpul.activities.models import Event, Participant, Registration
from simpul.activities.queries.events import (
    Narrowing,
    calendar_for,
    count_by_area,
    event_for,
    events_for,
    events_kept_for,
    events_received_for,
    one_series_for,
    series_for,
    session_for,
    upcoming_for,
)
from simpul.activities.queries.registrations import own_registrations, registration_for, registrations_for
from simpul.activities.rules.events import may_manage, may_receive, organisers_of
from simpul.activities.rules.papers import POLICY
from simpul.activities.rules.participants import participants_visible_to
from simpul.activities.services.hosting import confirm_co_host, name_co_host
from simpul.activities.services.life import cancel_event
from simpul.documents.models import Document
from simpul.kernel.actor import Actor, Anonymous
from simpul.kernel.errors import Denied, NotFound
from simpul.kernel.ids import uuid7
from simpul.organisations.models import Organisation
from tests.activities.conftest import Frame, worker
from tests.activities.test_acts import make_series
from tests.cast import Cast
from tests.factories.activities import NOW, START, SYSTEM, enrol, make_event, make_held, session_of
from tests.factories.networks import admit, make_network
from tests.factories.organisations import make_organisation
from tests.factories.territory import areas

pytestmark = pytest.mark.django_db
A_WEEK = timedelta(days=7)


def sees(actor: Actor, event: Event) -> bool:
    return events_for(actor).filter(pk=event.pk).exists()


def test_what_is_announced_is_seen_by_whom_it_is_for(frame: Frame) -> None:
    network, near = make_network(), make_organisation()
    admit(network, frame.host, near)
    neighbour = worker(near, "organisation.see_protected")
    events = {who: make_event(frame.host, visibility=who) for who in Visibility.values}
    draft = make_event(frame.host, published=False)
    seen = {
        name: [who for who, event in events.items() if sees(actor, event)]
        for name, actor in {
            "public": Anonymous(),
            "stranger": frame.stranger,
            "neighbour": neighbour,
            "planner": frame.planner,
            "door": frame.door,
        }.items()
    }
    everything = ["public", "network", "hosts"]
    assert seen == {
        "public": ["public"],
        "stranger": ["public"],
        "neighbour": ["public", "network"],
        "planner": everything,
        "door": everything,
    }
    assert [sees(actor, draft) for actor in (Anonymous(), neighbour, frame.stranger, frame.planner)] == [
        False,
        False,
        False,
        True,
    ]
    with pytest.raises(NotFound):
        event_for(frame.stranger, draft.pk)
    with pytest.raises(NotFound):
        session_for(frame.stranger, session_of(draft).pk)


def test_a_draft_that_was_cancelled_was_never_announced(frame: Frame) -> None:
    draft = make_event(frame.host, published=False)
    cancel_event(SYSTEM, draft, reason="Batal", now=NOW)
    cancel_event(SYSTEM, frame.event, reason="Hujan", now=NOW)
    assert [sees(Anonymous(), event) for event in (draft, frame.event)] == [False, True]


def test_events_of_an_organisation_at_risk_are_as_hidden_as_it() -> None:
    hidden = make_organisation(hidden=True)
    event, series = make_event(hidden), make_series(hidden)
    assert not sees(Anonymous(), event)
    assert not series_for(Anonymous()).filter(pk=series.pk).exists()
    assert sees(worker(hidden, "event.manage", "organisation.see_protected"), event)
    with pytest.raises(NotFound):
        enrol(event)


def test_a_co_host_counts_once_its_own_people_confirm_it(frame: Frame) -> None:
    partner = make_organisation()
    theirs = worker(partner, "attendance.record", "event.manage")
    draft = make_event(frame.host, visibility=Visibility.HOSTS)
    row = name_co_host(frame.planner, draft, organisation=partner, now=NOW)
    assert (sees(theirs, draft), may_receive(theirs, draft), organisers_of(draft)) == (False, False, {frame.host.pk})
    confirm_co_host(theirs, row, now=NOW)
    assert (sees(theirs, draft), may_receive(theirs, draft), may_manage(theirs, draft)) == (True, True, False)
    assert organisers_of(draft) == {frame.host.pk, partner.pk}
    enrolled = enrol(draft, actor=theirs)
    assert Registration.objects.filter(participants_visible_to(theirs)).get() == enrolled
    assert list(events_received_for(theirs)) == [draft]
    assert not events_kept_for(theirs).exists()


def test_participants_are_for_who_receives_them_and_for_themselves(frame: Frame, cast: Cast) -> None:
    row = enrol(frame.event, actor=cast.eko.actor, as_self=True)
    assert list(registrations_for(frame.door, frame.event)) == [row]
    assert registration_for(cast.eko.actor, row.pk) == row
    assert list(own_registrations(cast.eko.actor)) == [row]
    assert not own_registrations(Anonymous()).exists()
    for actor in (frame.planner, frame.stranger, cast.dewi.actor, Anonymous()):
        assert not Participant.objects.filter(participants_visible_to(actor)).exists()
        with pytest.raises(Denied):
            registrations_for(actor, frame.event)
        with pytest.raises(NotFound):
            registration_for(actor, row.pk)


def test_the_cast_keeps_the_events_of_its_own_organisations(cast: Cast) -> None:
    event = make_event(cast.forum)
    manage = {player.key for player in cast if may_manage(player.actor, event)}
    receive = {player.key for player in cast if may_receive(player.actor, event)}
    assert (manage, receive) == ({"eko"}, {"eko"})
    group = make_event(cast.lentera)
    assert {player.key for player in cast if may_manage(player.actor, group)} == {"budi", "kartika"}
    assert {player.key for player in cast if may_receive(player.actor, group)} == {"ani", "budi", "kartika"}


def test_a_calendar_is_narrowed_to_a_network_a_place_a_host_a_series_and_kinds(frame: Frame) -> None:
    village, other_village = areas("52.03.05.2009", "36.02")
    network, host = make_network(), make_organisation()
    admit(network, host)
    series = make_series(host)
    mine = make_event(host, area=village, series=series, kind=EventKind.WEBINAR)
    later = make_event(network, starts_at=START + A_WEEK, area=other_village)
    days = {"first": START.date(), "until": START.date() + A_WEEK}

    def found(narrowed: Narrowing) -> list[Event]:
        return list(upcoming_for(Anonymous(), since=START.date(), narrowed=narrowed))

    assert set(calendar_for(Anonymous(), **days)) == {frame.event, mine}
    assert found(Narrowing(network=network.pk)) == [mine, later]
    assert found(Narrowing(organisation=host.pk)) == [mine]
    assert found(Narrowing(area_code="52.03")) == [mine]
    assert found(Narrowing(series=series.pk)) == [mine]
    assert found(Narrowing(kinds=[EventKind.WORKSHOP])) == [frame.event, later]
    counted = count_by_area(Anonymous(), level=2, first=START.date(), until=START.date() + 2 * A_WEEK)
    assert counted == {"52.03": 1, "36.02": 1}
    assert one_series_for(Anonymous(), series.pk) == series


def paper(event: Event, kind: str, audience: str, host: Organisation) -> Document:
    return Document.objects.create(
        owner_organisation=host.pk,
        subject_kind="activities.event",
        subject_id=event.pk,
        kind=kind,
        audience=audience,
        title="Judul",
        added_at=NOW,
    )


def test_pictures_are_shown_only_where_those_in_them_agreed_and_signed_lists_never(frame: Frame) -> None:
    silent = make_held(frame.host)
    agreed = make_held(frame.host, photo_consent=PhotoConsent.ASKED)
    sensitive = make_held(frame.host, photo_consent=PhotoConsent.ASKED, is_sensitive=True)
    rows = {
        (name, kind): paper(event, kind, "public", frame.host)
        for name, event in {"silent": silent, "agreed": agreed, "sensitive": sensitive}.items()
        for kind in ("photo", "material", "signed_list")
    }
    seen = set(Document.objects.filter(POLICY.visible(Anonymous())).values_list("pk", flat=True))
    assert {key for key, row in rows.items() if row.pk in seen} == {
        ("silent", "material"),
        ("agreed", "photo"),
        ("agreed", "material"),
        ("sensitive", "material"),
    }
    assert Document.objects.filter(POLICY.visible(frame.planner)).count() == len(rows)


def test_papers_for_the_network_stay_in_it_and_organisers_keep_them(frame: Frame) -> None:
    network, near = make_network(), make_organisation()
    admit(network, frame.host, near)
    shown = paper(frame.event, "minutes", "network", frame.host)
    paper(frame.event, "minutes", "hosts", frame.host)
    neighbour = worker(near, "organisation.see_protected")
    assert list(Document.objects.filter(POLICY.visible(neighbour))) == [shown]
    assert not Document.objects.filter(POLICY.visible(frame.stranger)).exists()
    assert POLICY.authorise(frame.planner, frame.event.ref) == frame.host.pk
    with pytest.raises(Denied):
        POLICY.authorise(neighbour, frame.event.ref)
    with pytest.raises(NotFound):
        POLICY.authorise(frame.stranger, make_event(frame.host, published=False).ref)
    missing = make_event(frame.host)
    missing.pk = uuid7()
    with pytest.raises(NotFound):
        POLICY.authorise(frame.planner, missing.ref)
