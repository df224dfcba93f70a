"""The desk and the reporter: reading, answering, giving to a companion, passing up, deciding, what came of it."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from simpul.audit.models import Act
from simpul.cases.complaint_kinds import Level, Side, Verdict
from simpul.cases.models import Complaint, ComplaintAssignment, ComplaintDecision, ComplaintMessage
from simpul.cases.queries.complaints import (
    complaints_for,
    conversation_of,
    inbox_for,
    outcome_of,
    secret_by_receipt,
)
from simpul.cases.services.complaint_decisions import decide_complaint, withdraw_complaint
from simpul.cases.services.complaint_desk import assign_complaint, exclude_from_complaint, pass_up, read_complaint
from simpul.cases.services.complaint_talk import answer_reporter, confirm_outcome, leave_with_trusted, write_to_desk
from simpul.kernel.errors import Conflict, Denied, Invalid, NotFound
from tests.cast import NOW, Cast
from tests.factories.complaints import PUBLIC, SOCIAL, VILLAGE, VIOLENCE, complain, complain_with_receipt, works_in
from tests.marks import audits, denies

pytestmark = pytest.mark.django_db


@pytest.fixture
def village(cast: Cast) -> Cast:
    works_in(cast.lentera, VILLAGE)
    return cast


def acts(name: str) -> int:
    return Act.objects.filter(act=f"cases.{name}").count()


def decide(cast: Cast, complaint: Complaint, verdict: str = Verdict.UPHELD) -> ComplaintDecision:
    return decide_complaint(cast.budi.actor, complaint, id=uuid4(), verdict=verdict, words="Terima kasih.", now=NOW)


@audits(read_complaint)
def test_every_opening_is_recorded_and_the_first_tells_the_reporter(village: Cast) -> None:
    complaint = complain()
    assert complaint.read_at is None
    read_complaint(village.ani.actor, complaint.pk, now=NOW)
    assert read_complaint(village.budi.actor, complaint.pk, now=NOW).pk == complaint.pk
    assert acts("read_complaint") == 2
    assert Complaint.objects.get().read_at == NOW


@denies(read_complaint)
@pytest.mark.parametrize("who", ["ani", "citra", "dewi", "eko", "fitri", "gede", "hasan", "indah", "joko", "kartika"])
def test_what_is_confidential_is_the_coordinators_alone(village: Cast, who: str) -> None:
    complaint = complain(VIOLENCE)
    with pytest.raises(NotFound):
        read_complaint(village.played[who].actor, complaint.pk, now=NOW)
    assert acts("read_complaint") == 0


@audits(assign_complaint)
def test_an_assigned_companion_reads_what_is_confidential(village: Cast) -> None:
    complaint = complain(VIOLENCE)
    assert village.ani.person is not None
    for _twice in range(2):
        assign_complaint(village.budi.actor, complaint, village.ani.person, now=NOW)
    assert ComplaintAssignment.objects.count() == acts("assign_complaint") == 1
    assert read_complaint(village.ani.actor, complaint.pk, now=NOW).pk == complaint.pk


@denies(assign_complaint, exclude_from_complaint, pass_up)
def test_a_companion_gives_and_passes_on_nothing(village: Cast) -> None:
    complaint = complain()
    assert village.ani.person is not None
    with pytest.raises(Denied):
        assign_complaint(village.ani.actor, complaint, village.ani.person, now=NOW)
    with pytest.raises(Denied):
        exclude_from_complaint(village.ani.actor, complaint, village.ani.person, now=NOW)
    with pytest.raises(Denied):
        pass_up(village.ani.actor, complaint, now=NOW)


def test_it_is_given_to_a_companion_of_the_group_to_whom_it_exists(village: Cast) -> None:
    complaint = complain(hidden_from="Ani")
    assert village.ani.person is not None
    assert village.hasan.person is not None
    with pytest.raises(NotFound):
        assign_complaint(village.budi.actor, complaint, village.ani.person, now=NOW)
    with pytest.raises(Invalid):
        assign_complaint(village.budi.actor, complaint, village.hasan.person, now=NOW)


@audits(exclude_from_complaint)
def test_excluded_later_it_ceases_to_exist_for_them(village: Cast) -> None:
    complaint = complain(VIOLENCE)
    assert village.ani.person is not None
    assert village.budi.person is not None
    assign_complaint(village.budi.actor, complaint, village.ani.person, now=NOW)
    exclude_from_complaint(village.budi.actor, complaint, village.ani.person, now=NOW)
    assert not complaints_for(village.ani.actor).exists()
    assert acts("exclude_from_complaint") == 1
    with pytest.raises(Conflict):
        exclude_from_complaint(village.budi.actor, complaint, village.budi.person, now=NOW)


@audits(pass_up)
def test_passed_up_nobody_of_the_group_reads_it(village: Cast) -> None:
    complaint = complain()
    pass_up(village.budi.actor, complaint, now=NOW)
    row = Complaint.objects.get()
    assert (row.level, row.handler, row.about_group) == (Level.ABOVE, village.support, village.lentera)
    assert [p.key for p in village if complaints_for(p.actor).exists()] == ["kartika"]
    assert acts("pass_up") == 1
    with pytest.raises(Conflict):
        pass_up(village.kartika.actor, complaint, now=NOW)


@audits(write_to_desk, answer_reporter)
def test_the_conversation_goes_both_ways_and_each_message_once(village: Cast) -> None:
    complaint, _digits, secret = complain_with_receipt()
    first, second = uuid4(), uuid4()
    for _twice in range(2):
        write_to_desk(PUBLIC, secret, id=first, words="Kapan selesai?", now=NOW)
        answer_reporter(village.ani.actor, complaint, id=second, words="Besok kami ke Dukcapil.", now=NOW)
    said = [(m.side, m.words) for m in conversation_of(complaint)]
    assert said == [(Side.REPORTER, "Kapan selesai?"), (Side.DESK, "Besok kami ke Dukcapil.")]
    assert (acts("write_to_desk"), acts("answer_reporter")) == (1, 1)
    assert "Dukcapil" not in str(list(complaint.messages.values()))


@denies(answer_reporter)
def test_nobody_else_answers(village: Cast) -> None:
    complaint = complain()
    with pytest.raises(NotFound):
        answer_reporter(village.hasan.actor, complaint, id=uuid4(), words="Halo", now=NOW)


@audits(leave_with_trusted)
def test_whom_it_was_left_with_reads_and_writes_until_another_is_chosen(village: Cast) -> None:
    complaint, _digits, secret = complain_with_receipt()
    first = secret_by_receipt(leave_with_trusted(PUBLIC, secret, now=NOW))
    write_to_desk(PUBLIC, first, id=uuid4(), words="Saya kakaknya.", now=NOW)
    assert [m.side for m in conversation_of(complaint)] == [Side.TRUSTED]
    leave_with_trusted(PUBLIC, secret, now=NOW)
    with pytest.raises(NotFound):
        write_to_desk(PUBLIC, first, id=uuid4(), words="Masih saya.", now=NOW)
    assert acts("leave_with_trusted") == 2


@denies(write_to_desk, leave_with_trusted, confirm_outcome, withdraw_complaint)
def test_a_receipt_that_was_left_with_somebody_decides_nothing(village: Cast) -> None:
    complaint, _digits, secret = complain_with_receipt()
    trusted = secret_by_receipt(leave_with_trusted(PUBLIC, secret, now=NOW))
    decide(village, complaint)
    with pytest.raises(NotFound):
        leave_with_trusted(PUBLIC, trusted, now=NOW)
    with pytest.raises(NotFound):
        confirm_outcome(PUBLIC, trusted, solved="yes", now=NOW)
    with pytest.raises(NotFound):
        withdraw_complaint(PUBLIC, trusted, id=uuid4(), now=NOW)


@audits(decide_complaint)
def test_it_is_decided_once(village: Cast) -> None:
    complaint, key = complain(), uuid4()
    for _twice in range(2):
        decide_complaint(village.budi.actor, complaint, id=key, verdict="partly", words="Sebagian.", now=NOW)
    with pytest.raises(Conflict, match="decided_already"):
        decide(village, complaint)
    assert acts("decide_complaint") == 1
    assert Complaint.objects.get().decided_at == NOW
    assert inbox_for(village.budi.actor).rows == []
    assert [row.pk for row in inbox_for(village.budi.actor, decided=True).rows] == [complaint.pk]


@denies(decide_complaint)
def test_who_only_reads_it_decides_nothing(village: Cast) -> None:
    complaint = complain()
    with pytest.raises(Denied):
        decide_complaint(village.ani.actor, complaint, id=uuid4(), verdict="upheld", words="Ya", now=NOW)
    with pytest.raises(NotFound):
        decide_complaint(village.hasan.actor, complaint, id=uuid4(), verdict="upheld", words="Ya", now=NOW)


def test_made_twice_names_the_one_that_came_first_and_is_in_sight(village: Cast) -> None:
    first, second, hidden = complain(), complain(), complain(hidden_from="Budi")
    for wrong in (None, second.pk, hidden.pk):
        with pytest.raises(Invalid):
            decide_complaint(
                village.budi.actor, second, id=uuid4(), verdict="duplicate", words="Sudah ada.", same_as=wrong, now=NOW
            )
    made = decide_complaint(
        village.budi.actor, second, id=uuid4(), verdict="duplicate", words="Sudah ada.", same_as=first.pk, now=NOW
    )
    assert made.same_as == first


@audits(withdraw_complaint)
def test_who_made_it_takes_it_back(village: Cast) -> None:
    complaint, _digits, secret = complain_with_receipt()
    withdraw_complaint(PUBLIC, secret, id=uuid4(), now=NOW)
    assert ComplaintDecision.objects.get(complaint=complaint).verdict == Verdict.WITHDRAWN
    with pytest.raises(Conflict):
        decide(village, complaint)


@audits(confirm_outcome)
def test_the_desk_reads_whether_it_is_solved(village: Cast) -> None:
    complaint, _digits, secret = complain_with_receipt()
    with pytest.raises(Conflict):
        confirm_outcome(PUBLIC, secret, solved="yes", now=NOW)
    decide(village, complaint)
    for solved in ("partly", "yes"):
        confirm_outcome(PUBLIC, secret, solved=solved, now=NOW)
    said = outcome_of(complaint)
    assert said is not None
    assert said.solved == "partly"
    assert [a.details for a in Act.objects.filter(act="cases.confirm_outcome")] == [{"solved": "partly"}]


def test_an_objection_is_a_new_complaint_that_goes_to_who_is_above(village: Cast) -> None:
    first = complain()
    decide(village, first, Verdict.REJECTED)
    second = complain(SOCIAL, appeal_of=str(first.pk))
    assert (second.appeal_of, second.handler, second.level) == (first, village.support, Level.ABOVE)
    assert second.about_group == village.lentera


def test_the_inbox_is_read_page_by_page_without_a_count(village: Cast) -> None:
    made = [complain().pk for _n in range(27)]
    first = inbox_for(village.budi.actor)
    second = inbox_for(village.budi.actor, after=first.after)
    assert sorted(row.pk for row in (*first.rows, *second.rows)) == sorted(made)
    assert second.after is None


@pytest.mark.parametrize("key", ["ani", "budi", "kartika"])
def test_the_inbox_walks_what_each_answers_in_its_order(village: Cast, key: str) -> None:
    """However many complaints were ever made elsewhere: an index leads to the first of them, none is looked for."""
    made = [complain(), complain(VIOLENCE), complain({**SOCIAL, "about": "group"})]
    decide(village, made[0])
    actor = village.played[key].actor
    for decided in (False, True):
        expected = set(complaints_for(actor).filter(decided_at__isnull=not decided).values_list("pk", flat=True))
        with CaptureQueriesContext(connection) as captured:
            page = inbox_for(actor, decided=decided)
        assert [row.pk for row in page.rows] == list(dict.fromkeys(row.pk for row in page.rows))
        assert {row.pk for row in page.rows} == expected
        assert [line for query in captured.captured_queries for line in _looked_through(query["sql"])] == []


def _looked_through(sql: str) -> list[str]:
    """Where the plan reads complaints one after the other."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # so few it reads them all, and rightly: unless it is told not to
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"EXPLAIN {sql}")
            plan = [str(row[0]) for row in cursor.fetchall() if "Seq Scan on cases_complaint " in row[0]]
            cursor.execute("SET LOCAL enable_seqscan = on")
            return plan
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        # The one row of `organisations_node` is no matter; complaints bear this name in the heads of each part.
        return [row[3] for row in cursor.fetchall() if row[3].startswith(("SCAN cases_complaint", "SCAN V0"))]


def test_excluding_is_stronger_than_any_role(village: Cast) -> None:
    """Budi coordinates; named, it does not exist for him, in the list, in a decision, as a duplicate."""
    complaint = complain(VIOLENCE, named="Budi")
    with pytest.raises(NotFound):
        decide(village, complaint)
    assert inbox_for(village.budi.actor).rows == []


def test_what_was_said_and_decided_stays_and_goes_with_its_complaint(village: Cast) -> None:
    complaint = complain()
    said = answer_reporter(village.budi.actor, complaint, id=uuid4(), words="Kami baca.", now=NOW)
    decided = decide(village, complaint)
    for rows, change in (
        (ComplaintMessage.objects.filter(pk=said.pk), {"number": 7}),
        (ComplaintMessage.objects.filter(pk=said.pk), {"written_at": NOW.replace(year=2024)}),
        (ComplaintDecision.objects.filter(pk=decided.pk), {"verdict": Verdict.REJECTED}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)
    complaint.delete()
    assert not ComplaintMessage.objects.exists()
    assert not ComplaintDecision.objects.exists()
