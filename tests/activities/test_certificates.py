"""Certificates: earned, given out once, corrected, withdrawn; what their codes tell."""

from datetime import timedelta

import pytest

from simpul.activities.models import Certificate, Event, Participant, Telling, Validity
from simpul.activities.passes import new_receipt
from simpul.activities.queries.certificates import own_certificate, roll_of, verdict_on
from simpul.activities.services.attendance import check_in, undo_check_in, walk_in
from simpul.activities.services.certificates import (
    issue_certificates,
    reissue_certificate,
    set_certificate_rule,
    withdraw_certificate,
)
from simpul.activities.services.life import cancel_event, hold_event
from simpul.activities.services.participants import erase_participant
from simpul.activities.services.programme import add_session
from simpul.audit.models import Act
from simpul.kernel.errors import Conflict, Denied, Invalid
from simpul.organisations.models import Organisation
from tests.activities.conftest import Frame, worker
from tests.factories.activities import (
    HOURS,
    NOW,
    START,
    SYSTEM,
    came,
    enrol,
    make_event,
    make_held,
    session_of,
    somebody,
)
from tests.marks import audits, denies

pytestmark = pytest.mark.django_db
AFTER = START + HOURS
LONG = "Raden Ajeng Kusumaningtyas Purbaningrum " + "Wijayakusumaningrat " * 3 + "Hadikusuma, S.Pd.SD."


def ruled(event: Event, measure: str = "sessions", least: int = 1) -> Event:
    set_certificate_rule(SYSTEM, event, measure=measure, least=least, signer="Ibu Ketua", now=AFTER)
    return event


def issued(event: Event) -> list[Certificate]:
    issue_certificates(SYSTEM, event, now=AFTER)
    return list(Certificate.objects.select_related("event__owner_organisation").filter(event=event).order_by("turn"))


def held(*names: str, host: Organisation | None = None) -> Event:
    event = make_held(host)
    came(event, *(somebody(name) for name in names))
    return ruled(event)


def test_everybody_who_earned_one_has_one_numbered_through_the_hosts_year() -> None:
    first = held("Ani", "Budi")
    second = held("Citra", host=first.owner_organisation)
    assert [row.number for row in issued(first)] == ["001/SERT/VI/2025", "002/SERT/VI/2025"]
    assert [row.number for row in issued(second)] == ["003/SERT/VI/2025"]
    assert issue_certificates(SYSTEM, first, now=AFTER) == 0
    assert len({row.code for row in Certificate.objects.all()}) == 3


def test_a_hundred_at_once_and_the_next_press_goes_on() -> None:
    event = held("Ani", "Budi", "Citra")
    done = [issue_certificates(SYSTEM, event, now=AFTER, most=2) for _press in range(3)]
    assert done == [2, 1, 0]


def test_sessions_and_minutes_are_each_a_measure() -> None:
    event = make_event()
    morning = add_session(SYSTEM, event, starts_at=START, ends_at=START + timedelta(hours=2), track="Kelas A", now=NOW)
    noon = add_session(SYSTEM, event, starts_at=START, ends_at=START + timedelta(hours=1), track="Kelas B", now=NOW)
    both, one = (
        walk_in(SYSTEM, morning, details=somebody(name), now=START).attendance.participant
        for name in ("Dua kali", "Sekali")
    )
    check_in(SYSTEM, noon, participant=both, now=START)
    event = hold_event(SYSTEM, event, now=AFTER)
    assert earning(ruled(event, "sessions", 2)) == {both.pk}
    assert earning(ruled(event, "minutes", 120)) == {both.pk, one.pk}
    assert earning(ruled(event, "minutes", 121)) == {both.pk}


def earning(event: Event) -> set[object]:
    return {one.presence.participant.pk for one in roll_of(SYSTEM, event).holders if one.earns}


def test_of_an_online_meeting_the_reported_minutes_count() -> None:
    event = held("Ani", "Budi")
    Participant.objects.get(pk=event.participants.order_by("recorded_at").first().pk).attendances.update(minutes=20)
    assert len(earning(ruled(event, "minutes", 60))) == 1


def test_a_name_of_120_letters_or_in_another_script_is_printed_and_one_without_letters_waits() -> None:
    assert len(LONG) == 120
    names = (LONG, "陳美玲", "محمد عبد الرحمن", "ꦢꦶꦪꦃ", "Đặng Thị Ánh")
    event = held(*names, "Ani 😀")
    rows = issued(event)
    assert {row.name.open() for row in rows if row.name} == set(names)
    roll = roll_of(SYSTEM, event)
    assert (roll.issued, roll.waiting, roll.unprintable) == (5, 0, 1)
    assert next(one.letters for one in roll.holders if one.certificate is None) == {"😀"}


def test_before_it_is_over_without_a_rule_and_of_a_cancelled_event_none_is_given() -> None:
    running, bare, cancelled = make_event(), make_held(), ruled(make_event())
    ruled(running)
    cancelled = cancel_event(SYSTEM, cancelled, reason="Banjir", now=NOW)
    codes = []
    for event, now in ((running, START), (bare, AFTER), (cancelled, AFTER)):
        with pytest.raises(Conflict) as refusal:
            issue_certificates(SYSTEM, event, now=now)
        codes.append(refusal.value.code)
    assert codes == ["not_yet", "no_rule", "cancelled"]


def test_cancelling_the_event_withdraws_its_certificates_at_once() -> None:
    """It was announced and over, and not noted as held: certificates went out, then it turned out not to have been."""
    event = make_event()
    receipt = new_receipt()
    row = enrol(event, receipt=receipt)
    check_in(SYSTEM, session_of(event), participant=row.participant, now=START)
    (certificate,) = issued(ruled(event))
    assert verdict_on(certificate.code).validity is Validity.VALID
    cancel_event(SYSTEM, event, reason="Salah catat", now=AFTER)
    assert verdict_on(certificate.code).validity is Validity.WITHDRAWN
    assert own_certificate(row) is None
    assert Certificate.objects.get().withdrawn_at is None  # it follows from the event, and needs no second write


def test_a_wrong_name_is_corrected_by_a_new_certificate() -> None:
    event = held("Ani Contho")
    (old,) = issued(event)
    new = reissue_certificate(SYSTEM, old, name="Ani Contoh", now=AFTER)
    again = reissue_certificate(SYSTEM, old, name="Ani Contoh", now=AFTER)
    assert new.pk == again.pk
    assert (new.number, new.replaces_id) == ("002/SERT/VI/2025", old.pk)
    assert [verdict_on(row.code).validity for row in (old, new)] == [Validity.WITHDRAWN, Validity.VALID]
    assert Participant.objects.get().name.open() == "Ani Contoh"  # type: ignore[union-attr]
    with pytest.raises(Conflict) as refusal:
        reissue_certificate(SYSTEM, old, name="Ani Lain", now=AFTER)
    assert refusal.value.code == "replaced"


@pytest.mark.parametrize(("name", "code"), [("", "name_needed"), ("Ani 😀", "unprintable"), ("x" * 161, "too_long")])
def test_what_can_not_be_printed_is_no_correction(name: str, code: str) -> None:
    (row,) = issued(held("Ani"))
    with pytest.raises(Invalid) as refusal:
        reissue_certificate(SYSTEM, row, name=name, now=AFTER)
    assert refusal.value.code == code
    assert Certificate.objects.get().validity is Validity.VALID


def test_who_had_one_withdrawn_is_given_none_with_the_rest() -> None:
    event = held("Ani", "Budi")
    first, _second = issued(event)
    withdraw_certificate(SYSTEM, first, reason="Tidak hadir", now=AFTER)
    assert issue_certificates(SYSTEM, event, now=AFTER) == 0
    assert roll_of(SYSTEM, event).issued == 1


def test_who_was_not_there_after_all_earns_none() -> None:
    event = held("Ani", "Budi")
    attendance = event.participants.first().attendances.get()
    undo_check_in(SYSTEM, attendance, reason="Salah orang", now=AFTER)
    assert len(issued(event)) == 1


def test_a_code_tells_whether_it_is_valid_however_it_is_typed() -> None:
    (row,) = issued(held("Ani"))
    assert verdict_on(row.code.lower().replace("-", " ")).certificate == row
    assert [verdict_on(code).validity for code in ("", "K7Q2", "AAAA-AAAA-AAAA")] == [Validity.UNKNOWN] * 3


def test_who_was_forgotten_is_named_on_no_certificate_and_the_code_still_answers() -> None:
    event = held("Ani")
    (row,) = issued(event)
    erase_participant(SYSTEM, event.participants.get(), now=AFTER)
    fresh = Certificate.objects.get()
    assert fresh.name is None
    assert verdict_on(row.code).validity is Validity.VALID
    with pytest.raises(Conflict):
        reissue_certificate(SYSTEM, fresh, name="Ani", now=AFTER)


def test_who_registered_is_told_once() -> None:
    event = make_event()
    row = enrol(event, somebody("Ani", email="ani@contoh.id", may_contact=True))
    check_in(SYSTEM, session_of(event), participant=row.participant, now=START)
    event = ruled(hold_event(SYSTEM, event, now=AFTER))
    issued(event)
    issued(event)
    assert list(Telling.objects.values_list("what", "way")) == [("certificate", "mail")]


@denies(set_certificate_rule, issue_certificates, reissue_certificate, withdraw_certificate)
def test_giving_out_papers_with_names_takes_both_permissions(frame: Frame) -> None:
    came(frame.event, somebody("Ani"))
    event = ruled(hold_event(SYSTEM, frame.event, now=AFTER))
    (row,) = issued(event)
    acts = [
        lambda who: set_certificate_rule(who, event, measure="sessions", least=1, signer="Ibu", now=AFTER),
        lambda who: issue_certificates(who, event, now=AFTER),
        lambda who: reissue_certificate(who, row, name="Budi", now=AFTER),
        lambda who: withdraw_certificate(who, row, reason="Salah", now=AFTER),
        lambda who: roll_of(who, event),
    ]
    missing = {"event.manage": (frame.stranger, frame.door), "attendance.record": (frame.planner,)}
    for permission, actors in missing.items():
        for actor in actors:
            for act in acts:
                with pytest.raises(Denied) as refusal:
                    act(actor)
                assert refusal.value.permission == permission
    assert issue_certificates(worker(frame.host, "event.manage", "attendance.record"), event, now=AFTER) == 0


@audits(set_certificate_rule, issue_certificates, reissue_certificate, withdraw_certificate)
def test_what_is_done_with_certificates_is_on_record_without_a_name() -> None:
    (row,) = issued(held("Ani"))
    new = reissue_certificate(SYSTEM, row, name="Budi", now=AFTER)
    withdraw_certificate(SYSTEM, new, reason="Salah", now=AFTER)
    withdraw_certificate(SYSTEM, new, reason="Salah", now=AFTER)
    acts = Act.objects.filter(act__contains="certificate").order_by("id")
    assert [row.act.removeprefix("activities.") for row in acts] == [
        "set_certificate_rule", "issue_certificates", "reissue_certificate", "withdraw_certificate",
    ]  # fmt: skip
    assert "Budi" not in str([row.details for row in acts])
