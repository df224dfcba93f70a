"""Mail over a real connection: handed over once, never called delivered, never sent again where its end is unknown."""

import re
from email import message_from_string
from email.header import decode_header, make_header
from typing import Any

import pytest
from django.core import mail as sent_mail

from simpul.notices.channels.mail import Mail
from simpul.notices.models import Channel, Delivery, Notice, Preference
from simpul.notices.outbox import LEASE, WAITS, deliver_due
from simpul.notices.services.opening import open_notice
from simpul.notices.states import State
from tests.factories.accounts import make_user, member
from tests.factories.notices import NOW, PARAMS, TOLD, send
from tests.notices.clocks import Clock
from tests.notices.servers import MailServer, mail_server

pytestmark = pytest.mark.django_db
ADDRESS = "ani@example.org"


def use(settings: Any, server: MailServer) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_TIMEOUT = 0.5


def work(clock: Clock) -> int:
    return deliver_due(Channel.MAIL, Mail(), clock)


def state_of(notice: Notice) -> tuple[str, str, int]:
    found = Delivery.objects.get(recipient__notice=notice)
    return found.state, found.error, found.attempts


def tell(**more: Any) -> Notice:
    return send(make_user(email=ADDRESS), **more)


def test_a_server_that_takes_and_never_delivers_is_believed_only_that_it_took(settings: Any) -> None:
    clock = Clock()
    with mail_server() as server:
        use(settings, server)
        notice = tell(urgent=True, chain=[make_user()])
        assert [work(clock) for _ in range(3)] == [1, 0, 0]
        clock.forward(days=3)
        assert work(clock) == 0
    assert len(server.taken) == 1
    assert state_of(notice) == (State.SENT, "", 1)
    assert str(State.SENT.label) == "sudah diserahkan"
    notice.refresh_from_db()
    # Nobody opened it, so half an hour later it still goes on to the next.
    assert notice.escalate_at is not None


def test_the_mail_says_the_one_sentence_and_where_to_look(settings: Any) -> None:
    settings.SITE = "https://simpul.example.org"
    with mail_server() as server:
        use(settings, server)
        notice = tell(kind=TOLD.key, params=PARAMS, urgent=True)
        work(Clock())
    message = message_from_string(server.taken[0])
    sentence = "Ada yang perlu dilihat di Simpul"
    assert str(make_header(decode_header(message["Subject"]))) == sentence
    assert message.get_payload().replace("\r\n", "\n") == f"{sentence}.\n\nhttps://simpul.example.org/pemberitahuan/\n"
    key = Delivery.objects.get(recipient__notice=notice).pk.hex
    assert message["Message-ID"] == f"<{key}@simpul.example.org>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert set(message.keys()) == {
        "Content-Type", "MIME-Version", "Content-Transfer-Encoding", "Subject", "From", "To", "Date", "Message-ID",
        "Auto-Submitted",
    }  # fmt: skip
    assert re.findall(r"K7Q2|1\.?200|Februari|tests", server.taken[0]) == []


def test_it_is_in_the_language_its_reader_chose(settings: Any) -> None:
    ani = make_user(email=ADDRESS)
    Preference.objects.create(user=ani, language="en")
    send(ani)
    work(Clock())
    assert [m.subject for m in sent_mail.outbox] == ["There is something to see in Simpul"]


@pytest.mark.parametrize(
    ("step", "says", "state", "error"),
    [
        ("RCPT", "550 no such box", State.GIVEN_UP, "refused"),
        ("RCPT", "450 try later", State.FAILED, "refused_for_now"),
        ("MAIL", "451 try later", State.FAILED, "refused_for_now"),
        ("DATA", "554 no", State.GIVEN_UP, "refused"),
        (".", "452 no room", State.FAILED, "refused_for_now"),
        (".", "554 spam", State.GIVEN_UP, "refused"),
        ("greeting", "554 go away", State.FAILED, "unreachable"),
    ],
)
def test_what_a_server_refuses_in_words_is_tried_again_or_given_up(
    settings: Any, step: str, says: str, state: State, error: str
) -> None:
    with mail_server(says={step: says}) as server:
        use(settings, server)
        notice = tell()
        assert work(Clock()) == 0
    assert state_of(notice) == (state, error, 1)


def test_a_refusal_for_now_is_tried_again_later_and_at_last_given_up(settings: Any) -> None:
    clock = Clock()
    with mail_server(says={".": "452 no room"}) as server:
        use(settings, server)
        notice = tell()
        for minutes in WAITS:
            work(clock)
            assert work(clock) == 0  # not before its time
            clock.forward(minutes=minutes)
        work(clock)
        assert state_of(notice) == (State.GIVEN_UP, "refused_for_now", len(WAITS) + 1)
        clock.forward(days=30)
        work(clock)
    assert len(server.taken) == len(WAITS) + 1


def test_one_that_was_refused_for_now_is_handed_over_when_the_server_is_well(settings: Any) -> None:
    clock = Clock()
    with mail_server(says={"MAIL": "451 later"}) as server:
        use(settings, server)
        notice = tell()
        work(clock)
    with mail_server() as server:
        use(settings, server)
        clock.forward(minutes=WAITS[0])
        assert work(clock) == 1
    assert state_of(notice) == (State.SENT, "", 2)


@pytest.mark.parametrize("step", ["MAIL", "DATA", "."])
def test_silence_after_we_began_to_speak_is_never_answered_by_a_second_mail(settings: Any, step: str) -> None:
    clock = Clock()
    with mail_server(stalls=step) as server:
        use(settings, server)
        notice = tell()
        work(clock)
        assert state_of(notice) == (State.UNCERTAIN, "no_answer", 1)
        server.stalls = ""
        server.released.set()
        clock.forward(days=1)
        work(clock)
    assert len(server.taken) == (1 if step == "." else 0)


def test_silence_before_we_spoke_is_tried_again(settings: Any) -> None:
    clock = Clock()
    with mail_server(stalls="greeting") as server:
        use(settings, server)
        notice = tell()
        work(clock)
        assert state_of(notice) == (State.FAILED, "unreachable", 1)
        server.stalls = ""
        server.released.set()
        clock.forward(minutes=WAITS[0])
        assert work(clock) == 1
    assert len(server.taken) == 1


def test_where_there_is_no_server_the_others_do_not_wait_for_each_other(settings: Any) -> None:
    with mail_server() as server:
        use(settings, server)
    notices = [tell(now=NOW), send(make_user(email="budi@example.org"))]
    work(Clock())
    assert [state_of(n) for n in notices] == [(State.FAILED, "unreachable", 1), (State.QUEUED, "", 0)]


def test_what_was_opened_or_declined_meanwhile_is_not_sent(settings: Any) -> None:
    clock = Clock()
    ani, budi, citra = (make_user(email=f"{n}@example.org") for n in "abc")
    notice = send(ani, budi, citra)
    open_notice(member(ani), notice.recipients.get(user=ani), now=NOW)
    Preference.objects.create(user=budi, mail=False)
    type(citra).objects.filter(pk=citra.pk).update(is_active=False)
    assert work(clock) == 0
    assert sent_mail.outbox == []
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.SPARED}


def test_who_was_overtaken_before_speaking_says_nothing(settings: Any) -> None:
    """A worker that stood still for longer than its lease wakes up and finds the delivery in other hands."""
    clock = Clock()

    class Slow(Mail):
        def hand_over(self, parcel: Any, commit: Any) -> None:
            def slowly() -> None:
                clock.forward(seconds=LEASE.total_seconds() + 1)
                deliver_due(Channel.MAIL, Mail(), clock)
                commit()

            super().hand_over(parcel, slowly)

    notice = tell()
    assert deliver_due(Channel.MAIL, Slow(), clock) == 0
    assert len(sent_mail.outbox) == 1
    assert state_of(notice) == (State.SENT, "", 2)


def test_a_yes_that_comes_after_all_is_taken(settings: Any) -> None:
    """The worker lived, only longer than its lease; another has settled that nobody will know."""
    clock = Clock()

    class Late(Mail):
        def hand_over(self, parcel: Any, commit: Any) -> None:
            super().hand_over(parcel, commit)
            clock.forward(seconds=LEASE.total_seconds() + 1)
            deliver_due(Channel.MAIL, Mail(), clock)
            assert state_of(notice) == (State.UNCERTAIN, "interrupted", 1)

    notice = tell()
    assert deliver_due(Channel.MAIL, Late(), clock) == 1
    assert state_of(notice) == (State.SENT, "", 1)
    assert len(sent_mail.outbox) == 1
