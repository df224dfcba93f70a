"""A notice is in every inbox once, with its deliveries, or nowhere."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from simpul.audit.models import Act
from simpul.kernel.actor import Anonymous
from simpul.kernel.errors import Conflict, Denied, Invalid, NotFound
from simpul.kernel.ids import uuid7
from simpul.notices.kinds import UnsafeParam
from simpul.notices.models import Channel, Delivery, EscalationStep, Notice, Preference, Recipient
from simpul.notices.queries.standing import Standing, opened_of, sent_for, sent_notice_for, standing_of
from simpul.notices.services.opening import open_notice
from simpul.notices.services.sending import PATIENCE, retry_deliveries, send_notice
from simpul.notices.states import State
from tests.factories.accounts import make_user, member
from tests.factories.notices import NOW, PARAMS, PLAIN, SENDER, TOLD, about, send
from tests.marks import audits, denies

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=5)


@audits(send_notice)
def test_everybody_named_gets_it_once() -> None:
    ani, budi = make_user(), make_user()
    notice = send(ani, budi, ani, actor=member(budi), kind=TOLD.key, params=PARAMS)
    assert {r.user_id for r in notice.recipients.all()} == {ani.pk, budi.pk}
    assert (notice.sent_by, notice.sent_at, notice.escalate_at) == (budi.pk, NOW, None)
    act = Act.objects.get()
    assert (act.act, act.ref_id, act.user_id) == ("notices.send_notice", notice.pk, budi.pk)
    assert act.details == {"kind": TOLD.key, "recipients": 2, "urgent": False}


@denies(send_notice)
def test_the_public_sends_nothing() -> None:
    with pytest.raises(Denied) as raised:
        send(make_user(), actor=Anonymous())
    assert raised.value.permission == "notice.send"
    assert not Notice.objects.exists()


def test_the_same_id_again_tells_nobody_twice() -> None:
    ani = make_user(email="ani@example.org")
    key, record = uuid7(), about()
    first, second = (send(ani, id=key, about=record) for _ in range(2))
    assert first == second
    assert (Recipient.objects.count(), Delivery.objects.count(), Act.objects.count()) == (1, 1, 1)


def test_an_id_of_another_notice_is_refused() -> None:
    key = send(make_user()).pk
    with pytest.raises(Conflict) as raised:
        send(make_user(), id=key)
    assert raised.value.code == "id_taken"


def test_it_falls_with_the_transaction_of_its_sender() -> None:
    ani = make_user(email="ani@example.org")

    with transaction.atomic():
        send(ani)
        transaction.set_rollback(True)
    assert (Notice.objects.count(), Recipient.objects.count(), Delivery.objects.count()) == (0, 0, 0)


def test_closed_and_unknown_accounts_are_passed_over() -> None:
    ani, closed = make_user(), make_user(is_active=False)
    notice = send_notice(member(ani), kind=PLAIN.key, about=about(), recipients=[closed.pk, uuid7(), ani.pk], now=NOW)
    assert [r.user for r in notice.recipients.all()] == [ani]
    with pytest.raises(Invalid) as raised:
        send(closed)
    assert raised.value.code == "nobody_to_tell"


def test_an_urgent_one_waits_half_an_hour_for_its_recipients() -> None:
    ani, budi, kartika = make_user(), make_user(), make_user()
    notice = send(ani, urgent=True, chain=[budi, ani, kartika, budi])
    assert notice.escalate_at == NOW + PATIENCE
    assert [s.user for s in notice.steps.order_by("place")] == [budi, kartika]


def test_an_urgent_one_whose_recipients_are_all_closed_goes_on_at_once() -> None:
    notice = send(make_user(is_active=False), urgent=True, chain=[make_user()])
    assert (notice.escalate_at, notice.recipients.count()) == (NOW, 0)


def test_only_what_is_urgent_goes_on() -> None:
    with pytest.raises(ValueError):
        send(make_user(), chain=[make_user()])
    assert not EscalationStep.objects.exists()


@pytest.mark.parametrize(("kind", "params", "fault"), [("tests.nothing", {}, KeyError), (TOLD.key, {}, UnsafeParam)])
def test_an_undeclared_kind_or_parameter_is_a_fault(kind: str, params: dict[str, int], fault: type[Exception]) -> None:
    with pytest.raises(fault):
        send(make_user(), kind=kind, params=params)
    assert not Notice.objects.exists()


def test_deliveries_are_queued_where_somebody_can_be_reached_and_wants_to_be() -> None:
    reached, unreachable = make_user(email="a@example.org"), make_user()
    declines = make_user(email="b@example.org")
    Preference.objects.create(user=declines, mail=False)
    send(reached, unreachable, declines)
    found = Delivery.objects.get()
    assert (found.recipient.user, found.channel, found.state) == (reached, Channel.MAIL, State.QUEUED)
    assert (found.due_at, found.attempts) == (NOW, 0)


@pytest.mark.parametrize("many", [1, 30])
def test_sending_costs_the_same_however_many(many: int) -> None:
    users = [make_user(email=f"a{n}@example.org") for n in range(many)]
    with CaptureQueriesContext(
        connection,
    ) as queries:
        send(*users)
    written = [q["sql"] for q in queries if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(written) == 8


def fail(notice: Notice, state: State) -> None:
    over = state in (State.GIVEN_UP, State.UNCERTAIN, State.SENT)
    rows = Delivery.objects.filter(recipient__notice=notice)
    rows.update(state=state, error="refused", due_at=None if over else LATER, settled_at=NOW if over else None)


@audits(retry_deliveries)
@pytest.mark.parametrize("state", [State.GIVEN_UP, State.FAILED])
def test_its_sender_tries_again_what_failed(state: State) -> None:
    budi = make_user()
    notice = send(make_user(email="ani@example.org"), actor=member(budi))
    fail(notice, state)
    assert [retry_deliveries(member(budi), notice, now=LATER) for _ in range(2)] == [1, 0]
    row = Delivery.objects.get()
    assert (row.state, row.due_at, row.settled_at, row.error) == (State.QUEUED, LATER, None, "")
    assert Act.objects.get(act="notices.retry_deliveries").details == {"deliveries": 1}


@pytest.mark.parametrize("state", [State.UNCERTAIN, State.SENT])
def test_what_may_have_arrived_is_not_tried_again(state: State) -> None:
    budi = make_user()
    notice = send(make_user(email="ani@example.org"), actor=member(budi))
    fail(notice, state)
    assert retry_deliveries(member(budi), notice, now=LATER) == 0
    assert Delivery.objects.get().state == state


def test_nor_is_anybody_told_who_has_opened_it() -> None:
    ani, budi = make_user(email="ani@example.org"), make_user()
    notice = send(ani, actor=member(budi))
    fail(notice, State.GIVEN_UP)
    open_notice(member(ani), notice.recipients.get(), now=LATER)
    assert retry_deliveries(member(budi), notice, now=LATER) == 0


@denies(retry_deliveries)
def test_nobody_else_tries_again() -> None:
    ani = make_user(email="ani@example.org")
    notice = send(ani, actor=member(make_user()))
    fail(notice, State.GIVEN_UP)
    for actor in (member(ani), Anonymous(), SENDER):
        with pytest.raises(Denied) as raised:
            retry_deliveries(actor, notice, now=LATER)
        assert raised.value.permission == "notice.send"
    assert Delivery.objects.get().state == State.GIVEN_UP


def test_what_was_sent_stands_in_numbers_without_a_name() -> None:
    budi = make_user()
    ani, eko, fitri = (make_user(email=f"{n}@example.org") for n in ("ani", "eko", "fitri"))
    notice = send(ani, eko, fitri, actor=member(budi), urgent=True, chain=[make_user()])
    open_notice(member(eko), notice.recipients.get(user=eko), now=LATER)
    for user, state in ((ani, State.GIVEN_UP), (eko, State.GIVEN_UP), (fitri, State.SENT)):
        rows = Delivery.objects.filter(recipient__user=user)
        rows.update(state=state, due_at=None, settled_at=NOW)
    standing = standing_of(member(budi), notice)
    assert standing == Standing(3, 1, 0, {Channel.MAIL: {State.GIVEN_UP: 2, State.SENT: 1}}, retryable=1)
    assert opened_of([notice]) == {notice.pk: (1, 3)}
    assert list(sent_for(member(budi))) == [notice]
    assert sent_notice_for(member(budi), notice.pk) == notice
    for actor in (member(ani), Anonymous(), SENDER):
        assert list(sent_for(actor)) == []
        with pytest.raises(NotFound):
            sent_notice_for(actor, notice.pk)
        with pytest.raises(Denied):
            standing_of(actor, notice)
