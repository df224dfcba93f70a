"""What is kept of those who come: no more than is asked, encrypted, mended and forgotten; who is invited and told."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.db.models.functions import Now

from simpul.activities.details import Details, learner_of
from simpul.activities.erasing import forget, forget_again
from simpul.activities.mailing import send_waiting
from simpul.activities.models import Invitation, Participant, Telling, Way, What
from simpul.activities.notice_kinds import CANCELLED, INVITED, MOVED, SOON, UNANSWERED
from simpul.activities.passes import new_receipt
from simpul.activities.queries.invitations import unanswered_for
from simpul.activities.queries.registrations import find_participants, to_be_called
from simpul.activities.rounds import mail as walk_mail
from simpul.activities.rounds import reminders
from simpul.activities.services.attendance import check_in
from simpul.activities.services.invitations import decline, invite, remind_unanswered
from simpul.activities.services.life import cancel_event, reschedule_event
from simpul.activities.services.participants import change_participant, erase_participant
from simpul.activities.services.seats import set_capacity
from simpul.activities.states import SeatState
from simpul.audit.models import Erasure
from simpul.kernel.actor import Anonymous
from simpul.kernel.errors import Conflict, Invalid, NotFound
from simpul.notices.models import Notice
from tests.activities.conftest import Frame, worker
from tests.cast import Cast
from tests.factories.activities import HOURS, NOW, START, SYSTEM, enrol, make_event, session_of, somebody
from tests.factories.organisations import make_organisation
from tests.factories.territory import areas

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)


def everything() -> Details:
    return Details(
        name="  Inaq   Sari ",
        phone="0812-3456-7890",
        email="Sari@Contoh.id",
        organisation=make_organisation(),
        stakeholder="",
        area=areas("52.03.05.2009")[0],
        sex="P",
        age_band="40-59",
        disability="sensory",
        needs="Juru bahasa isyarat",
    )


def test_what_the_event_does_not_ask_is_not_kept() -> None:
    kept = enrol(make_event(asks=["sex"]), everything()).participant
    assert (kept.sex, kept.age_band, kept.disability, kept.stakeholder, kept.area, kept.organisation) == (
        "P",
        "",
        "",
        "",
        None,
        None,
    )
    assert kept.needs is None


def test_what_it_asks_is_kept_and_who_comes_for_an_organisation_comes_as_its_kind() -> None:
    kept = enrol(make_event(), everything()).participant
    assert (kept.age_band, kept.disability, kept.stakeholder) == ("40-59", "sensory", "civil_society")
    assert kept.name.open() == "Inaq Sari"
    assert kept.phone.open() == "+6281234567890"


def test_nothing_that_names_somebody_lies_open_in_the_database() -> None:
    kept = enrol(make_event(), everything()).participant
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM activities_participant")
        stored = str(cursor.fetchall())
    said = ("inaq sari", "inaqsari", "6281234567890", "sari@contoh.id", "bahasa isyarat")
    assert kept.name.open().casefold() == said[0]
    assert [word for word in said if word in stored.casefold()] == []


@pytest.mark.parametrize(
    ("said", "code", "field"),
    [
        ({"name": " "}, "name_needed", "name"),
        ({"phone": "", "email": ""}, "contact_needed", "phone"),
        ({"phone": "abc"}, "not_a_phone", "phone"),
        ({"email": "sari@"}, "not_an_email", "email"),
        ({"sex": "X"}, "unknown_choice", "sex"),
        ({"publishing": ""}, "unknown_choice", "publishing"),
        ({"needs": "x" * 301}, "too_long", "needs"),
    ],
)
def test_what_can_t_be_kept_is_refused_at_its_field(said: dict[str, str], code: str, field: str) -> None:
    event = make_event()
    with pytest.raises(Invalid) as error:
        enrol(event, Details(**{"name": "Sari", "phone": "081234567890", **said}))  # type: ignore[arg-type]
    assert (error.value.code, error.value.field) == (code, field)
    assert not Participant.objects.exists()


def test_a_learner_is_a_name_with_a_way_to_be_reached_however_typed() -> None:
    assert learner_of("Baiq Rini", "Rini@Contoh.id") == learner_of("BAIQ  rini", "rini@contoh.id")
    assert learner_of("Baiq Rini", "") == ""
    first, second = enrol(make_event(), everything()), enrol(make_event(), everything())
    assert first.participant.learner_index == second.participant.learner_index


def test_the_holder_of_the_receipt_mends_what_they_said(frame: Frame) -> None:
    receipt = new_receipt()
    row = enrol(frame.event, everything(), receipt=receipt)
    told = change_participant(Anonymous(), row.participant, details=somebody("Inaq Sarinah"), receipt=receipt, now=NOW)
    assert told.name.open() == "Inaq Sarinah"
    assert (told.sex, told.needs) == ("", None)
    assert find_participants(frame.door, frame.event, "sarinah") == [told]


def test_somebody_forgotten_stays_counted_and_their_seat_is_free(frame: Frame) -> None:
    set_capacity(SYSTEM, frame.event, capacity=1, now=NOW)
    receipt = new_receipt()
    row, next_one = enrol(frame.event, everything(), receipt=receipt), enrol(frame.event)
    check_in(frame.door, session_of(frame.event), participant=row.participant, now=START)
    gone = erase_participant(Anonymous(), row.participant, receipt=receipt, now=NOW)
    assert (gone.name, gone.phone, gone.learner_index, gone.disability, gone.sex) == (None, None, None, "", "P")
    row.refresh_from_db()
    assert (row.state, row.seat) == (SeatState.WITHDRAWN, None)
    assert gone.attendances.count() == 1
    assert next_one.state is SeatState.WAITING
    assert Erasure.objects.filter(ref_id=gone.pk).count() == 1
    with pytest.raises(Conflict):
        change_participant(frame.door, gone, details=somebody(), now=NOW)
    assert find_participants(frame.door, frame.event, "") == [next_one.participant]


def test_a_restored_backup_forgets_them_again() -> None:
    row = enrol(make_event(), everything()).participant
    assert forget_again([row.pk]) == 1
    assert forget_again([row.pk]) == 0
    assert forget(row, now=Now()) is False
    assert Participant.objects.get(pk=row.pk).name is None


def test_invited_organisations_answer_by_registering_or_by_declining(cast: Cast) -> None:
    event = make_event(cast.forum)
    asked = [cast.lentera, cast.agency, cast.uptd, cast.forum]
    assert invite(cast.eko.actor, event, organisations=asked, now=NOW) == 3
    assert invite(cast.eko.actor, event, organisations=asked, now=NOW) == 0
    enrol(event, somebody(organisation=cast.lentera))
    decline(cast.budi.actor, Invitation.objects.get(organisation=cast.lentera), now=NOW)
    waiting = unanswered_for(cast.eko.actor, event)
    assert {row.organisation for row in waiting} == {cast.agency, cast.uptd}
    assert remind_unanswered(cast.eko.actor, event, now=NOW) == 0, "asked a moment ago"
    assert remind_unanswered(cast.eko.actor, event, now=NOW + A_DAY) == 2
    told = set(Notice.objects.values_list("kind", "recipients__user"))
    citra, indah, budi, ani = (player.user.pk for player in (cast.citra, cast.indah, cast.budi, cast.ani))  # type: ignore[union-attr]
    assert told == {
        (INVITED, citra), (INVITED, indah), (INVITED, budi), (INVITED, ani), (UNANSWERED, citra), (UNANSWERED, indah),
    }  # fmt: skip


def test_nobody_is_invited_to_what_they_can_t_open(frame: Frame) -> None:
    draft = make_event(frame.host, published=False)
    with pytest.raises(Conflict) as error:
        invite(SYSTEM, draft, organisations=[make_organisation()], now=NOW)
    assert error.value.code == "not_announced"


def test_each_is_told_by_the_way_they_left_and_others_are_called(cast: Cast) -> None:
    event = make_event(cast.forum)
    own = enrol(event, somebody(), actor=cast.ani.actor, as_self=True)
    by_mail = enrol(event, somebody(email="rini@contoh.id", may_contact=True))
    unasked = enrol(event, somebody(email="rudi@contoh.id"))
    assert reminders(lambda: START - 2 * A_DAY) == 0
    for _ in range(2):
        reminders(lambda: START - A_DAY)
    told = dict(Telling.objects.filter(what=What.SOON).values_list("registration", "way"))
    assert told == {own.pk: Way.NOTICE, by_mail.pk: Way.MAIL, unasked.pk: Way.HAND}
    assert [walk_mail(lambda: START - A_DAY) for _ in range(2)] == [1, 0]
    assert [(message.to, str(event.title) in message.body) for message in mail.outbox] == [(["rini@contoh.id"], True)]
    assert "Peserta" not in mail.outbox[0].body
    assert [row.registration for row in to_be_called(cast.eko.actor, event)] == [unasked]
    assert list(Notice.objects.values_list("kind", flat=True)) == [SOON]


def test_a_moved_event_is_told_again_and_a_cancelled_one_to_all_who_hold_or_wait(cast: Cast) -> None:
    event = make_event(cast.forum, capacity=1)
    enrol(event, actor=cast.ani.actor, as_self=True)
    enrol(event, actor=cast.budi.actor, as_self=True)
    invite(SYSTEM, event, organisations=[cast.agency], now=NOW)
    for day in (1, 2):
        reschedule_event(
            SYSTEM, event, starts_at=START + day * A_DAY, ends_at=START + day * A_DAY + HOURS, reason="Aula", now=NOW
        )
    cancel_event(SYSTEM, event, reason="Banjir", now=NOW)
    assert [(row.what, row.sequence) for row in Telling.objects.order_by("sequence", "what")] == [
        ("moved", 1), ("moved", 1), ("moved", 2), ("moved", 2), ("cancelled", 3), ("cancelled", 3),
    ]  # fmt: skip
    of_agency = Notice.objects.filter(recipients__user=cast.indah.user).order_by("sent_at", "pk")
    assert sorted(of_agency.values_list("kind", flat=True)) == sorted([INVITED, MOVED, MOVED, CANCELLED])


def test_a_mail_that_can_t_be_handed_over_puts_them_on_the_list(frame: Frame, settings: object) -> None:
    row = enrol(frame.event, somebody(email="rini@contoh.id", may_contact=True))
    cancel_event(SYSTEM, frame.event, reason="Hujan", now=NOW)
    settings.EMAIL_BACKEND = "tests.activities.broken_mail.Backend"  # type: ignore[attr-defined]
    assert send_waiting(now=NOW) == 0
    assert [told.registration for told in to_be_called(frame.door, frame.event)] == [row]
    assert send_waiting(now=NOW) == 0, "it is not tried again: they are called"


def test_a_guest_of_an_organisation_out_of_sight_is_not_named_by_it() -> None:
    hidden = make_organisation(hidden=True)
    event = make_event()
    with pytest.raises(NotFound):
        enrol(event, somebody(organisation=hidden))
    assert enrol(event, somebody(organisation=hidden), actor=worker(hidden)).participant.organisation == hidden
