"""Lists of people for a mobile service, and events counted in bulk."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from simpul.audit.models import Act
from simpul.cases.models import Case, OutreachCount, QueueDocument, QueueEntry, QueueTicket
from simpul.cases.queries.tickets import (
    Tally,
    entries_of,
    entry_for,
    outreach_for,
    tallies_of,
    ticket_for,
    tickets_for,
)
from simpul.cases.queue_kinds import MOST_PEOPLE
from simpul.cases.services import tickets
from simpul.cases.services.outreach import count_outreach, withdraw_outreach
from simpul.cases.services.tickets import (
    add_to_ticket,
    correct_entry,
    open_list,
    open_ticket,
    remove_from_ticket,
    settle_queue,
)
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Denied, Invalid, NotFound
from simpul.kernel.ids import uuid7
from tests.cast import Cast
from tests.factories.cases import MAKER, NOW, village
from tests.factories.territory import PENEDA_GANDOR
from tests.marks import audits, denies

DAY, NAME, NIK = date(2025, 3, 3), "Inaq Contohwati", "9903994107640001"


def a_list(cast: Cast, **more: Any) -> QueueTicket:
    given: dict[str, Any] = {"area": village(), "service_on": DAY, "now": NOW, **more}
    return open_ticket(given.pop("actor", MAKER), given.pop("group", cast.lentera), **given)


def queue_up(ticket: QueueTicket, **more: Any) -> QueueEntry:
    person = {"name": NAME, "nik": NIK, "sex": "P", "age_stated": 61}
    given: dict[str, Any] = {"person": person, "documents": ["family_card", "identity_card"], "now": NOW, **more}
    return add_to_ticket(given.pop("actor", MAKER), ticket, **given)


def settle(entry: QueueEntry, **more: Any) -> QueueEntry:
    given: dict[str, Any] = {"results": {"family_card": "done"}, "on": DAY, "seen": 1, "now": NOW, **more}
    return settle_queue(given.pop("actor", MAKER), entry, **given)


def count(cast: Cast, **more: Any) -> OutreachCount:
    given: dict[str, Any] = {
        "area": village(), "held_on": DAY, "topic": "child_marriage", "women": 30, "men": 12, "now": NOW, **more,
    }  # fmt: skip
    return count_outreach(given.pop("actor", MAKER), given.pop("group", cast.lentera), **given)


def results_of(entry: QueueEntry) -> dict[str, tuple[str, date | None]]:
    return {row.kind: (row.result, row.settled_on) for row in entry.documents.all()}


def test_people_queue_by_number_and_each_paper_has_its_result(cast: Cast) -> None:
    ticket = a_list(cast)
    first, second = queue_up(ticket), queue_up(ticket, documents=["family_card"])
    assert [(row.number, row.name.open()) for row in entries_of(MAKER, ticket)] == [(1, NAME), (2, NAME)]
    settle(first, results={"family_card": "done", "identity_card": "refused"})
    assert results_of(first) == {"family_card": ("done", DAY), "identity_card": ("refused", DAY)}
    assert results_of(second) == {"family_card": ("", None)}
    assert tallies_of([ticket]) == {ticket.pk: Tally(people=2, papers=3, settled=2)}
    assert not Case.objects.exists()


def test_a_list_without_people_is_empty(cast: Cast) -> None:
    ticket = a_list(cast)
    assert tallies_of([ticket]) == {ticket.pk: Tally(0, 0, 0)}


def test_two_who_tell_at_once_overwrite_nothing(cast: Cast) -> None:
    entry = queue_up(a_list(cast))
    settle(entry)
    with pytest.raises(Conflict) as refused:
        settle(entry, results={"family_card": "refused"}, seen=1)
    assert refused.value.code == "edited_meanwhile"
    assert results_of(entry)["family_card"] == ("done", DAY)
    assert settle(entry, seen=1).version == 2  # the same again is no clash
    settle(entry, results={"family_card": ""}, seen=2)
    assert results_of(entry)["family_card"] == ("", None)


def test_who_is_taken_off_leaves_neither_name_nor_number(cast: Cast) -> None:
    ticket = a_list(cast)
    entry = queue_up(ticket)
    remove_from_ticket(MAKER, entry, now=NOW)
    remove_from_ticket(MAKER, entry, now=NOW + timedelta(days=1))
    row = QueueEntry.objects.get()
    assert (row.name, row.nik, row.removed_at) == (None, None, NOW)
    assert list(entries_of(MAKER, ticket)) == []
    with pytest.raises(NotFound):
        settle(entry)
    with pytest.raises(NotFound):
        entry_for(MAKER, entry.pk)
    assert queue_up(ticket).number == 2


def test_a_full_list_takes_nobody_else(cast: Cast) -> None:
    ticket = a_list(cast)
    QueueEntry.objects.create(ticket=ticket, number=MOST_PEOPLE, name="x", recorded_at=NOW)
    with pytest.raises(Conflict, match="full"):
        queue_up(ticket)


def test_what_a_person_is_called_is_sealed(cast: Cast) -> None:
    entry = queue_up(a_list(cast))
    stored = str(QueueEntry.objects.filter(pk=entry.pk).values())
    assert NAME not in stored
    assert NIK not in stored


def test_an_event_is_counted_and_opens_no_case(cast: Cast) -> None:
    event = count(cast, unstated=2, children=20, disabled=1)
    assert event.attending == 44
    assert not Case.objects.exists()
    withdraw_outreach(MAKER, event, now=NOW)
    withdraw_outreach(MAKER, event, now=NOW + timedelta(days=1))
    assert OutreachCount.objects.get().withdrawn_at == NOW
    assert outreach_for(MAKER) == []


def test_lists_and_events_go_on_to_the_next_page(cast: Cast) -> None:
    for back in (0, 0, 1):
        a_list(cast, service_on=DAY - timedelta(days=back))
        count(cast, held_on=DAY - timedelta(days=back))
    first = tickets_for(MAKER, limit=1)
    assert len(first) == 2
    rest = tickets_for(MAKER, after=(first[0].service_on, first[0].pk))
    assert [row.pk for row in rest] == [row.pk for row in tickets_for(MAKER)][1:]
    assert rest[-1].service_on == DAY - timedelta(days=1)
    event = outreach_for(MAKER)[0]
    assert len(outreach_for(MAKER, after=(event.held_on, event.pk))) == 2


@pytest.mark.parametrize("key", ["dewi", "kartika", "hasan", "joko"])
def test_another_group_nobody_above_and_no_operator_sees_them(cast: Cast, key: str) -> None:
    ticket, actor = a_list(cast), cast.played[key].actor
    count(cast)
    queue_up(ticket)
    assert tickets_for(actor) == []
    assert outreach_for(actor) == []
    assert list(entries_of(actor, ticket)) == []
    with pytest.raises(NotFound):
        ticket_for(actor, ticket.pk)


def every_act(cast: Cast) -> dict[str, Callable[[Any], Any]]:
    """Each service, as somebody would call it on what is there."""
    ticket, event = a_list(cast), count(cast)
    entry, other = queue_up(ticket), queue_up(ticket)
    return {
        "add_to_ticket": lambda a: queue_up(ticket, actor=a),
        "correct_entry": lambda a: correct_entry(a, entry, person={"name": "Inaq Benar"}, seen=1, now=NOW),
        "settle_queue": lambda a: settle(entry, actor=a, seen=2),
        "open_list": lambda a: open_list(a, ticket.pk, names=True, now=NOW),
        "remove_from_ticket": lambda a: remove_from_ticket(a, other, now=NOW),
        "withdraw_outreach": lambda a: withdraw_outreach(a, event, now=NOW),
    }


@audits(
    open_ticket,
    add_to_ticket,
    correct_entry,
    settle_queue,
    open_list,
    remove_from_ticket,
    count_outreach,
    withdraw_outreach,
)
def test_it_is_recorded_without_a_name(cast: Cast) -> None:
    acts = every_act(cast)
    acts["open_ticket"] = lambda a: a_list(cast, actor=a)
    acts["count_outreach"] = lambda a: count(cast, actor=a)
    for name, act in acts.items():
        before = Act.objects.filter(act=f"cases.{name}").count()
        act(cast.ani.actor)
        assert Act.objects.filter(act=f"cases.{name}").count() == before + 1, name
    told = str(list(Act.objects.values()))
    assert NAME not in told
    assert NIK not in told


@denies(
    open_ticket,
    add_to_ticket,
    correct_entry,
    settle_queue,
    open_list,
    remove_from_ticket,
    count_outreach,
    withdraw_outreach,
)
def test_only_the_group_keeps_its_lists(cast: Cast) -> None:
    acts = every_act(cast)
    for key in ("dewi", "kartika", "hasan", "joko"):
        actor = cast.played[key].actor
        for act in acts.values():
            with pytest.raises(NotFound):
                act(actor)
        with pytest.raises(Denied):
            a_list(cast, actor=actor)
        with pytest.raises(Denied):
            count(cast, actor=actor)


def test_sent_twice_is_one(cast: Cast) -> None:
    one = uuid7()
    ticket = a_list(cast, id=one)
    assert a_list(cast, id=one) == ticket
    assert queue_up(ticket, id=one) == queue_up(ticket, id=one)
    assert count(cast, id=one) == count(cast, id=one)
    assert (QueueTicket.objects.count(), QueueEntry.objects.count(), OutreachCount.objects.count()) == (1, 1, 1)
    with pytest.raises(Conflict):
        queue_up(a_list(cast), id=one)
    elsewhere = village(PENEDA_GANDOR)
    with pytest.raises(Conflict):
        a_list(cast, id=one, area=elsewhere)
    with pytest.raises(Conflict):
        count(cast, id=one, area=elsewhere)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda c: a_list(c, place="a" * 161),
        lambda c: queue_up(a_list(c), person={"name": " "}),
        lambda c: queue_up(a_list(c), person={"name": "a" * 161}),
        lambda c: queue_up(a_list(c), person={"name": "x", "age_stated": 121}),
        lambda c: queue_up(a_list(c), documents=[]),
        lambda c: queue_up(a_list(c), documents=["passport"]),
        lambda c: settle(queue_up(a_list(c)), results={"family_card": "great"}),
        lambda c: settle(queue_up(a_list(c)), on=DAY + timedelta(days=1)),
        lambda c: count(c, held_on=DAY + timedelta(days=1)),
        lambda c: count(c, topic="party"),
        lambda c: count(c, women=0, men=0),
        lambda c: count(c, women=-1, men=5),
        lambda c: count(c, women=10_001),
        lambda c: count(c, children=43),
        lambda c: count(c, disabled=43),
    ],
)
def test_what_cannot_be_is_refused(cast: Cast, wrong: Callable[[Cast], Any]) -> None:
    with pytest.raises(Invalid):
        wrong(cast)


@pytest.mark.parametrize(
    "past_the_service",
    [
        lambda e: QueueDocument.objects.filter(entry=e).update(result="done"),
        lambda e: QueueEntry.objects.filter(pk=e.pk).update(age_stated=121),
        lambda e: OutreachCount.objects.update(children=43),
        lambda e: OutreachCount.objects.update(women=0, men=0),
    ],
)
def test_the_database_holds_to_it(cast: Cast, past_the_service: Callable[[QueueEntry], Any]) -> None:
    entry, _event = queue_up(a_list(cast)), count(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        past_the_service(entry)


def test_a_foreign_number_asks_no_more_than_an_invalid_one(cast: Cast) -> None:
    entry, cost = queue_up(a_list(cast)), []
    for key in (entry.pk, uuid7()):
        with CaptureQueriesContext(connection) as asked, pytest.raises(NotFound):
            entry_for(cast.hasan.actor, key)
        cost.append(len(asked))
    assert cost[0] == cost[1]


def test_results_are_not_written_once_the_use_was_stopped_meanwhile(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = queue_up(a_list(cast))
    read = tickets.standing_entry

    def stopped_after_reading(actor: Actor, key: UUID) -> QueueEntry:
        row = read(actor, key)
        QueueEntry.objects.filter(pk=key).update(restricted_at=NOW)
        return row

    monkeypatch.setattr(tickets, "standing_entry", stopped_after_reading)
    with pytest.raises(Conflict) as refused:
        settle(entry)
    assert refused.value.code == "restricted"
    assert results_of(entry)["family_card"] == ("", None)
