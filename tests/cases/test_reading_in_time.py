"""P02: a complaint that arrived waits to be read, and somebody is told before it waits too long."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from simpul.audit.models import Act
from simpul.cases.complaint_clocks import READ_DUE
from simpul.cases.models import Complaint
from simpul.cases.queries.complaint_readers import told_of_complaint_ref
from simpul.cases.rounds import PLATFORM as CASES
from simpul.cases.services.complaint_decisions import withdraw_complaint
from simpul.cases.services.complaint_desk import (
    exclude_from_complaint,
    note_complaints_read,
    pass_up,
    read_complaint,
)
from simpul.deadlines.models import Clock
from simpul.deadlines.rounds import PLATFORM
from simpul.deadlines.services import check_clocks
from simpul.kernel.errors import Denied
from simpul.notices.models import Recipient
from tests.cast import NOW, Cast
from tests.factories.complaints import PUBLIC, VILLAGE, VIOLENCE, complain, complain_with_receipt, works_in
from tests.marks import audits, denies

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _village(cast: Cast) -> None:
    works_in(cast.lentera, VILLAGE)


def clock_of(complaint: Complaint, **more: object) -> Clock:
    return Clock.objects.get(about_kind="cases.complaint", about_id=complaint.pk, code=READ_DUE, **more)


def told(complaint: Complaint, roles: tuple[str, ...], *, now: datetime = NOW) -> set[object]:
    return set(told_of_complaint_ref(complaint.ref, complaint.handler_id, roles, now))  # type: ignore[arg-type]


@audits(note_complaints_read)
def test_it_runs_from_the_arrival_until_somebody_reads_it(cast: Cast) -> None:
    complaint = complain()
    clock = clock_of(complaint)
    assert (clock.started_at, clock.due_at, clock.owner_organisation) == (NOW, NOW + DAY, cast.lentera)
    for _twice in range(2):
        read_complaint(cast.ani.actor, complaint.pk, now=NOW + timedelta(hours=2))
    assert told(complaint, ("coordinator", "supervisor")) == set()
    assert [note_complaints_read(CASES, now=NOW + DAY) for _twice in range(2)] == [1, 0]
    assert Act.objects.filter(act="deadlines.stop_clock", ref_id=clock.pk).count() == 1
    clock.refresh_from_db()
    assert (clock.stopped_at, clock.decision, clock.breached_at) == (NOW + timedelta(hours=2), "read", None)


@denies(note_complaints_read)
def test_nobody_but_the_platform_ends_it(cast: Cast) -> None:
    for who in (cast.budi, cast.joko, cast.publik):
        with pytest.raises(Denied):
            note_complaints_read(who.actor, now=NOW)


def test_taken_back_unread_it_waits_no_more() -> None:
    complaint, _digits, secret = complain_with_receipt()
    withdraw_complaint(PUBLIC, secret, id=uuid4(), now=NOW)
    assert clock_of(complaint).decision == "withdrawn"


def test_passed_on_it_is_new_to_whoever_is_above(cast: Cast) -> None:
    complaint = complain()
    read_complaint(cast.budi.actor, complaint.pk, now=NOW)
    pass_up(cast.budi.actor, complaint, now=NOW + DAY)
    above = clock_of(complaint, stopped_at=None)
    assert (above.started_at, above.owner_organisation) == (NOW + DAY, cast.support)
    assert told(complaint, ("coordinator",)) == {cast.kartika.user.pk}  # type: ignore[union-attr]
    read_complaint(cast.kartika.actor, complaint.pk, now=NOW + DAY)
    note_complaints_read(CASES, now=NOW + DAY)
    above.refresh_from_db()
    assert above.decision == "read"


def test_late_who_answers_it_is_told_and_a_day_later_who_is_above(cast: Cast) -> None:
    complaint = complain(VIOLENCE)
    assert complaint.handler == cast.lentera
    for late, who in ((DAY, [cast.budi]), (2 * DAY, [cast.budi, cast.kartika])):
        check_clocks(PLATFORM, now=NOW + late)
        found = set(Recipient.objects.filter(notice__about_id=complaint.pk).values_list("user_id", flat=True))
        assert found == {one.user.pk for one in who if one.user}
    assert clock_of(complaint).breached_at == NOW + DAY


def test_whom_it_is_kept_from_is_never_told(cast: Cast) -> None:
    complaint = complain(VIOLENCE)
    assert cast.kartika.person
    assert told(complaint, ("supervisor",)) == {cast.kartika.user.pk}  # type: ignore[union-attr]
    exclude_from_complaint(cast.budi.actor, complaint, cast.kartika.person, now=NOW)
    assert told(complaint, ("coordinator", "supervisor")) == {cast.budi.user.pk}  # type: ignore[union-attr]


def test_of_one_about_the_group_itself_nobody_of_it_is_told(cast: Cast) -> None:
    complaint = complain(about="group")
    assert clock_of(complaint).owner_organisation == cast.support
    assert told(complaint, ("coordinator", "supervisor")) == {cast.kartika.user.pk}  # type: ignore[union-attr]


def test_while_this_simpul_is_nobodys_nobodys_rule_runs() -> None:
    complaint = complain(area="")
    assert complaint.handler is None
    assert not Clock.objects.filter(about_id=complaint.pk).exists()
    assert told(complaint, ("coordinator",)) == set()
