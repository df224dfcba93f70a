"""Several workers at once, and a worker killed in each step: nobody is told twice, nobody is forgotten."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from subprocess import TimeoutExpired

import pytest
from django.core import mail as sent_mail
from django.core.mail import EmailMessage
from django.db import DatabaseError, connection, transaction

from simpul.audit.models import Act
from simpul.kernel.ids import uuid7
from simpul.notices.channels.mail import Mail
from simpul.notices.models import Channel, Delivery, Notice, Preference, PushKey, Recipient
from simpul.notices.outbox import LEASE, deliver_due, take_next
from simpul.notices.push_keys import public_push_key
from simpul.notices.services.escalating import escalate_due
from simpul.notices.services.opening import open_notice
from simpul.notices.services.sending import send_notice
from simpul.notices.states import State
from simpul.records.storage import is_full
from tests.factories.accounts import make_user, member
from tests.factories.notices import NOW, PLAIN, SENDER, about, send
from tests.notices.rival import act as rival_act
from tests.notices.servers import STEPS, mail_server, web_server
from tests.racing import at_once
from tests.rivals import rivals
from tests.web.test_full_disk import no_room

pytestmark = [pytest.mark.racing, pytest.mark.usefixtures("raced")]
RIVAL = rival_act.__module__
LATE = NOW + timedelta(minutes=31)
AFTER_LEASE = NOW + LEASE


def order(act: str, **more: object) -> dict[str, object]:
    return {"act": act, "now": NOW.isoformat(), "at": 0, **more}


@contextmanager
def no_room_for(state: str) -> Iterator[None]:
    """Within it no delivery can be brought into that state: the disk is full at that very write."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                f"CREATE TRIGGER no_room BEFORE UPDATE ON notices_delivery WHEN NEW.state = '{state}'"
                " BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
            )
        else:
            cursor.execute(
                "CREATE FUNCTION no_room() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION"
                " 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$ LANGUAGE plpgsql;"
                " CREATE TRIGGER no_room BEFORE UPDATE ON notices_delivery FOR EACH ROW"
                f" WHEN (NEW.state = '{state}') EXECUTE FUNCTION no_room()"
            )
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            on = "" if connection.vendor == "sqlite" else " ON notices_delivery; DROP FUNCTION no_room()"
            cursor.execute(f"DROP TRIGGER no_room{on}")


@contextmanager
def mail_of() -> Iterator[list[EmailMessage]]:
    """What was mailed within it."""
    sent_mail.outbox = []
    found: list[EmailMessage] = []
    try:
        yield found
    finally:
        found += sent_mail.outbox


def test_the_same_notice_sent_by_three_at_once_is_one() -> None:
    for _ in range(5):
        ani, key, record = make_user(email=f"{uuid7().hex}@example.org"), uuid7(), about()
        sends = [
            lambda a=ani, k=key, r=record: send_notice(
                SENDER, kind=PLAIN.key, about=r, recipients=[a.pk], id=k, now=NOW
            )
        ] * 3
        assert {getattr(sent, "pk", sent) for sent in at_once(*sends)} == {key}
        assert Recipient.objects.filter(notice=key).count() == 1
        assert Delivery.objects.filter(recipient__notice=key).count() == 1


def test_two_workers_take_every_delivery_once() -> None:
    users = [make_user(email=f"a{n}@example.org") for n in range(12)]
    send(*users)

    def take_all() -> list[object]:
        taken = []
        while held := take_next(Channel.MAIL, now=NOW):
            taken.append(held.delivery.pk)
        return taken

    first, second, third = at_once(take_all, take_all, take_all)
    assert isinstance(first, list), first
    assert sorted([*first, *second, *third]) == sorted(Delivery.objects.values_list("pk", flat=True))  # type: ignore[misc]


def test_two_workers_escalate_once() -> None:
    for _ in range(5):
        ani, deputy, kartika = make_user(), make_user(), make_user()
        notice = send(ani, urgent=True, chain=[deputy, kartika])
        answers = at_once(*[lambda: escalate_due(SENDER, now=LATE)] * 3)
        assert sorted(answers) == [0, 0, 1]  # type: ignore[type-var]
        assert {r.user_id for r in notice.recipients.all()} == {ani.pk, deputy.pk}
        assert Act.objects.filter(act="notices.escalate_notice", ref_id=notice.pk).count() == 1


def test_opened_while_it_is_escalated_ends_in_order() -> None:
    """Whoever is first: either nobody else was told, or the deputy was, and in both cases it goes no further."""
    for _ in range(5):
        ani, deputy = make_user(), make_user()
        notice = send(ani, urgent=True, chain=[deputy, make_user()])
        row = notice.recipients.get()
        at_once(
            lambda r=row, a=ani: open_notice(member(a), r, now=LATE),
            lambda: escalate_due(SENDER, now=LATE),
        )
        escalate_due(SENDER, now=LATE + timedelta(hours=2))
        told = {r.user_id for r in notice.recipients.all()}
        assert ani.pk in told <= {ani.pk, deputy.pk}
        notice.refresh_from_db()
        assert notice.escalate_at is None


def test_two_who_need_the_push_key_first_get_the_same() -> None:
    keys = at_once(*[lambda: public_push_key(now=NOW)] * 3)
    assert len(set(keys)) == 1
    assert PushKey.objects.count() == 1


@pytest.mark.process
@pytest.mark.parametrize("step", STEPS)
def test_a_worker_killed_while_it_mails_tells_nobody_twice(step: str) -> None:
    """Killed before it spoke of anybody: the next one sends. Killed later: nobody does, and it says so."""
    notice = send(make_user(email="ani@example.org"))
    with mail_server(stalls=step) as server, rivals(RIVAL, 1) as (rival,):
        rival.tell(order("mail", port=server.port))
        assert server.reached.wait(60)
        rival.process.kill()
        assert rival.answer() == ""
        server.stalls = ""
        server.released.set()
        spoke = step not in ("greeting", "EHLO")
        before = len(server.taken)
        assert before == (1 if step == "." else 0)
        with rivals(RIVAL, 1) as (other,):
            other.tell(order("mail", port=server.port))  # within the lease
            assert other.answer() == "done"
            assert len(server.taken) == before
            for _ in range(2):
                other.tell(order("mail", port=server.port, now=AFTER_LEASE.isoformat()))
                assert other.answer() == "done"
    found = Delivery.objects.get(recipient__notice=notice)
    assert (found.state, found.error) == ((State.UNCERTAIN, "interrupted") if spoke else (State.SENT, ""))
    assert len(server.taken) == (before if spoke else 1)
    assert Recipient.objects.filter(notice=notice).count() == 1  # in the inbox whatever became of the mail


@pytest.mark.process
def test_a_worker_killed_while_the_gateway_thinks_is_followed_with_the_same_key() -> None:
    ani = make_user(phone="+6281234567890")
    Preference.objects.create(user=ani, gateway=True)
    notice = send(ani)
    # The notice was sent by a deployment with a gateway.
    row = Delivery.objects.create(recipient=notice.recipients.get(), channel=Channel.GATEWAY, due_at=NOW)
    with web_server(stalls=1) as web, rivals(RIVAL, 2) as (killed, next_one):
        killed.tell(order("gateway", url=web.url))
        assert web.reached.wait(60)
        killed.process.kill()
        web.released.set()
        next_one.tell(order("gateway", url=web.url, now=AFTER_LEASE.isoformat()))
        assert next_one.answer() == "done"
    assert [a.headers["idempotency-key"] for a in web.asked] == [row.pk.hex] * 2
    row.refresh_from_db()
    assert (row.state, row.attempts) == (State.SENT, 2)


@pytest.mark.process
def test_a_worker_killed_while_it_escalates_leaves_nothing_half_done() -> None:
    ani, deputy = make_user(), make_user()
    notice = send(ani, urgent=True, chain=[deputy])
    late = order("escalate", now=LATE.isoformat())
    with rivals(RIVAL, 2) as (killed, next_one):
        # It waits for the row, in the middle of its work, until it is killed.
        with transaction.atomic():
            Notice.objects.filter(pk=notice.pk).update(escalate_at=notice.escalate_at)
            killed.tell(late)
            with pytest.raises(TimeoutExpired):
                killed.process.wait(0.7)
            killed.process.kill()
            killed.process.wait()
        assert notice.recipients.count() == 1
        for _ in range(2):
            next_one.tell(late)
            assert next_one.answer() == "done"
    assert {r.user_id for r in notice.recipients.all()} == {ani.pk, deputy.pk}
    assert Act.objects.filter(act="notices.escalate_notice").count() == 1


def test_a_disk_that_is_full_when_the_mail_is_out_does_not_send_it_again() -> None:
    """What the server took can't be noted; the note made before is enough to leave it alone."""
    send(make_user(email="ani@example.org"))
    with no_room_for("sent"), mail_of() as sent:
        with pytest.raises(DatabaseError):
            deliver_due(Channel.MAIL, Mail(), lambda: NOW)
        assert Delivery.objects.get().state == State.SENDING
    with mail_of() as again:
        deliver_due(Channel.MAIL, Mail(), lambda: AFTER_LEASE)
    assert (len(sent), again, Delivery.objects.get().state) == (1, [], State.UNCERTAIN)


def test_a_disk_that_is_full_before_the_mail_is_out_sends_nothing_and_loses_nothing() -> None:
    send(make_user(email="ani@example.org"))
    with no_room_for("sending"), mail_of() as sent, pytest.raises(DatabaseError):
        deliver_due(Channel.MAIL, Mail(), lambda: NOW)
    with mail_of() as again:
        assert deliver_due(Channel.MAIL, Mail(), lambda: NOW) == 1
    assert (sent, len(again)) == ([], 1)


def test_a_disk_that_is_full_while_a_notice_is_sent_leaves_no_half_of_it() -> None:
    """Until it fails, and then again with room: the same id is one notice in every inbox, and nobody is told twice."""
    users = [make_user(email=f"a{n}@example.org") for n in range(20)]
    refused, key, record = None, uuid7(), about()
    with no_room():
        for _ in range(400):
            key, record = uuid7(), about()
            try:
                send(*users, id=key, about=record)
            except DatabaseError as error:
                refused = error
                break
    assert refused is not None
    assert is_full(refused)
    assert not Notice.objects.filter(pk=key).exists()
    whole = Notice.objects.count()
    assert (Recipient.objects.count(), Delivery.objects.count()) == (20 * whole, 20 * whole)
    for _ in range(2):
        send(*users, id=key, about=record)
    assert Recipient.objects.filter(notice=key).count() == 20
