"""Applications: sent without an account, checked, decided by an organ, never twice, forgotten at the end."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from simpul.audit.models import Act as AuditRow
from simpul.kernel.actor import Anonymous, Member, Reach, ResolvedGrant
from simpul.kernel.errors import Conflict, Denied, Invalid, NotFound
from simpul.kernel.ids import uuid7
from simpul.kernel.localized import LocalizedText
from simpul.organisations.admission import LIFECYCLE, NEEDED, OPEN, Act, ApplicationState
from simpul.organisations.models import (
    ApplicationCall,
    ApplicationStep,
    Membership,
    MembershipApplication,
    Organisation,
)
from simpul.organisations.queries.applications import (
    alike_to,
    application_by_receipt,
    application_for,
    applications_for,
    call_of,
    checks_of,
    count_states,
    open_applications_for,
    steps_of,
)
from simpul.organisations.receipts import new_receipt, plain_receipt
from simpul.organisations.services.acceptance import accept_application
from simpul.organisations.services.applicants import forget_applicant, reply_to_network
from simpul.organisations.services.application_calls import close_applications, open_applications
from simpul.organisations.services.applications import (
    MOST_A_DAY,
    Contact,
    check_application,
    move_application,
    refuse_application,
    submit_application,
)
from tests.factories.applications import NOW, TODAY, apply, verified
from tests.factories.networks import admit, holder, make_network
from tests.factories.organisations import SYSTEM, make_organisation
from tests.marks import audits, denies

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=3)
BOARD = "Rapat presidium"


def secretariat(network: Organisation) -> Member:
    held = {
        "membership.manage": Reach.UNITS,
        "organisation.register": Reach.MEMBERS,
        "organisation.edit": Reach.MEMBERS,
    }
    return Member(uuid7(), uuid7(), (ResolvedGrant("secretariat", network.pk, None, held),))


def state_of(row: MembershipApplication) -> str:
    return application_for(SYSTEM, row.pk).state


@denies(
    open_applications,
    close_applications,
    check_application,
    move_application,
    accept_application,
    refuse_application,
    forget_applicant,
)
def test_who_keeps_another_network_decides_nothing_here() -> None:
    row = verified(make_network())
    stranger = secretariat(make_network())
    acts: list[Callable[[], object]] = [
        lambda: open_applications(stranger, row.network, now=NOW),
        lambda: close_applications(stranger, row.network, now=NOW),
        lambda: check_application(stranger, row, {"papers": True}, now=NOW),
        lambda: move_application(stranger, row, act=Act.REVIEW, words="Sekali lagi", now=NOW),
        lambda: accept_application(stranger, row, decided_by=BOARD, decided_on=TODAY, now=NOW),
        lambda: refuse_application(stranger, row, decided_by=BOARD, decided_on=TODAY, words="Tidak", now=NOW),
        lambda: forget_applicant(stranger, row, now=NOW),
    ]
    for act in acts:
        with pytest.raises((Denied, NotFound)):
            act()
    assert state_of(row) == ApplicationState.VERIFIED
    assert not applications_for(stranger).exists()
    with pytest.raises(NotFound):
        application_for(stranger, row.pk)


@denies(submit_application, reply_to_network)
def test_the_public_needs_a_network_in_sight_and_the_receipt_of_its_own_application() -> None:
    hidden = make_organisation(kind="OT.N", hidden=True)
    with pytest.raises(NotFound):
        apply(hidden)
    mine, theirs = apply(network := make_network(), receipt=(receipt := new_receipt())), apply(network)
    move_application(SYSTEM, theirs, act=Act.BEGIN, now=NOW)
    for wrong in (receipt, new_receipt(), "", "x" * 40):
        with pytest.raises(NotFound):
            reply_to_network(Anonymous(), theirs, receipt=wrong, act=Act.WITHDRAW, now=NOW)
    assert state_of(mine) == ApplicationState.SUBMITTED


@audits(
    open_applications,
    close_applications,
    submit_application,
    check_application,
    move_application,
    reply_to_network,
    accept_application,
    refuse_application,
    forget_applicant,
)
def test_every_act_leaves_its_row_and_no_word_of_what_was_typed() -> None:
    network, receipt = make_network(), new_receipt()
    row = apply(network, receipt=receipt, name="Yayasan Rahasia Sekali")
    move_application(SYSTEM, row, act=Act.BEGIN, now=NOW)
    move_application(SYSTEM, row, act=Act.ASK, words="Siapa ketuanya?", now=NOW)
    reply_to_network(Anonymous(), row, receipt=receipt, act=Act.ANSWER, words="Ibu Wanda", now=NOW)
    check_application(SYSTEM, row, dict.fromkeys(NEEDED, True), now=NOW)
    move_application(SYSTEM, row, act=Act.VERIFY, now=NOW)
    accept_application(SYSTEM, row, decided_by=BOARD, decided_on=TODAY, words="Selamat datang", now=NOW)
    other = verified(network)
    refuse_application(SYSTEM, other, decided_by=BOARD, decided_on=TODAY, words="Belum", now=NOW)
    forget_applicant(SYSTEM, other, now=NOW)
    close_applications(SYSTEM, network, now=NOW)
    acts = list(AuditRow.objects.filter(ref_id=row.pk).order_by("id").values_list("act", "details__act"))
    assert acts == [
        ("organisations.submit_application", None),
        ("organisations.move_application", "begin"),
        ("organisations.move_application", "ask"),
        ("organisations.reply_to_network", "answer"),
        ("organisations.check_application", None),
        ("organisations.move_application", "verify"),
        # The organisation bears the key of its application.
        ("organisations.register_organisation", None),
        ("organisations.accept_application", None),
    ]
    assert list(AuditRow.objects.filter(ref_id=other.pk).order_by("-id").values_list("act", flat=True)[:2]) == [
        "organisations.forget_applicant",
        "organisations.refuse_application",
    ]
    calls = AuditRow.objects.filter(ref_id=network.pk).order_by("id").values_list("act", flat=True)
    assert list(calls) == ["organisations.open_applications", "organisations.close_applications"]
    told = str(list(AuditRow.objects.values_list("details", flat=True)))
    assert not any(word in told for word in ("Wanda", "Rahasia", "Selamat", "ketua", receipt))


def test_the_contact_lies_encrypted_and_the_receipt_only_as_its_digest() -> None:
    receipt = new_receipt()
    row = apply(make_network(), receipt=receipt)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM organisations_membershipapplication")
        stored = str(cursor.fetchall())
    assert "Wanda" not in stored
    assert "3456" not in stored
    assert plain_receipt(receipt) not in stored
    found = application_by_receipt(receipt.lower().replace("-", " "))
    assert (found.pk, found.state, found.contact_phone.open()) == (row.pk, "submitted", "+6281234567890")


@pytest.mark.parametrize("typed", ["", "K7MX", "0" * 16, "K7MX-K7MX-K7MX-K7M!", "K7MXK7MXK7MXK7MX"])
def test_what_is_no_receipt_of_ours_finds_nothing(typed: str) -> None:
    apply(make_network())
    with pytest.raises(NotFound):
        application_by_receipt(typed)


def test_sending_twice_is_one_application() -> None:
    network, receipt = make_network(), new_receipt()
    first, second = apply(network, receipt=receipt), apply(network, receipt=receipt, name="Nama lain")
    assert first == second
    assert (MembershipApplication.objects.count(), ApplicationStep.objects.count()) == (1, 1)


def test_a_network_that_takes_none_gets_none() -> None:
    network = make_network()
    apply(network)
    close_applications(SYSTEM, network, now=NOW)
    close_applications(SYSTEM, network, now=NOW)
    assert call_of(network) is None
    said = {"kind": "OT.Y", "name": "Yayasan", "does": "Ada", "contact": Contact("W", "0812 3456 7890")}
    with pytest.raises(Conflict) as refused:
        submit_application(Anonymous(), network, receipt=new_receipt(), consents=True, now=NOW, **said)  # type: ignore[arg-type]
    assert refused.value.code == "closed"


def test_new_terms_open_a_new_call_and_the_same_ones_none() -> None:
    network, terms = make_network(), LocalizedText(id="Aktif setahun")
    one = open_applications(SYSTEM, network, terms=terms, now=NOW)
    assert open_applications(SYSTEM, network, terms=terms, now=LATER) == one
    two = open_applications(SYSTEM, network, terms=LocalizedText(id="Aktif dua tahun"), now=LATER)
    one.refresh_from_db()
    assert (one.closed_at, call_of(network)) == (LATER, two)
    with pytest.raises(Invalid):
        open_applications(SYSTEM, make_organisation(), now=NOW)


def test_a_flood_is_stopped_for_a_day_whoever_sends_it() -> None:
    network = make_network()
    for _ in range(MOST_A_DAY):
        apply(network)
    with pytest.raises(Conflict) as refused:
        apply(network)
    assert refused.value.code == "full"
    assert apply(make_network()).pk
    assert apply(network, now=NOW + timedelta(days=1, seconds=1)).pk


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " "}, "name"),
        ({"kind": "OT.?"}, "kind"),
        ({"does": " "}, "does"),
        ({"hopes": "x" * 1001}, "hopes"),
        ({"consents": False}, "consents"),
        ({"contact": Contact(" ", "0812 3456 7890")}, "contact_name"),
        ({"contact": Contact("Wanda")}, "contact_phone"),
        ({"contact": Contact("Wanda", "bukan nomor")}, "contact_phone"),
        ({"contact": Contact("Wanda", email="bukan alamat")}, "contact_email"),
        ({"receipt": "KURANG"}, None),
    ],
)
def test_what_is_missing_is_named(wrong: dict[str, object], field: str | None) -> None:
    network = make_network()
    with pytest.raises(Invalid) as refused:
        apply(network, **wrong)  # type: ignore[arg-type]
    assert refused.value.field == field
    assert not MembershipApplication.objects.exists()


def test_nothing_is_verified_before_the_three_points_are() -> None:
    row = apply(make_network())
    move_application(SYSTEM, row, act=Act.BEGIN, now=NOW)
    check_application(SYSTEM, row, {"exists": True, "speaks": True, "single": False, "papers": True}, now=NOW)
    with pytest.raises(Conflict) as refused:
        move_application(SYSTEM, row, act=Act.VERIFY, now=NOW)
    assert (refused.value.code, refused.value.theirs) == ("unchecked", {"missing": ["single"]})
    check_application(SYSTEM, row, {"single": True, "papers": False}, now=LATER)
    assert checks_of(row) == {"exists": True, "speaks": True, "single": True, "papers": False}
    assert move_application(SYSTEM, row, act=Act.VERIFY, now=LATER).state == ApplicationState.VERIFIED


@pytest.mark.parametrize("act", [Act.VERIFY, Act.ASK, Act.REVIEW])
def test_no_step_is_skipped(act: Act) -> None:
    row = apply(make_network())
    with pytest.raises(Conflict) as refused:
        move_application(SYSTEM, row, act=act, words="Kata", now=NOW)
    assert (refused.value.code, refused.value.theirs["state"]) == ("moved_meanwhile", "submitted")


def test_a_question_and_a_refusal_need_words() -> None:
    row = apply(make_network())
    move_application(SYSTEM, row, act=Act.BEGIN, now=NOW)
    for words in ("", "  "):
        with pytest.raises(Invalid) as refused:
            move_application(SYSTEM, row, act=Act.ASK, words=words, now=NOW)
        assert (refused.value.code, refused.value.field) == ("words_needed", "words")
    with pytest.raises(Invalid):
        move_application(SYSTEM, row, act=Act.ASK, words="x" * 2001, now=NOW)


def test_a_step_taken_twice_is_one() -> None:
    row = apply(make_network())
    steps = [move_application(SYSTEM, row, act=Act.BEGIN, now=NOW) for _ in range(2)]
    assert steps[0] == steps[1]
    decided = verified(make_network())
    answers = [accept_application(SYSTEM, decided, decided_by=BOARD, decided_on=TODAY, now=NOW) for _ in range(2)]
    assert answers[0] == answers[1]
    assert Membership.objects.filter(network=decided.network).count() == 1


def test_acceptance_registers_the_applicant_and_makes_it_a_member() -> None:
    network = make_network()
    row = verified(network, name="Yayasan Tani Makmur", acronym="YTM")
    actor = secretariat(network)
    step = accept_application(
        actor, row, decided_by=BOARD, decided_on=TODAY, minutes="Notulen 3", valid_from=date(2025, 7, 1), now=LATER
    )
    membership = Membership.objects.get(network=network)
    assert (membership.member.name, membership.member.acronym, membership.valid_from, membership.is_confirmed) == (
        "Yayasan Tani Makmur",
        "YTM",
        date(2025, 7, 1),
        True,
    )
    step.refresh_from_db()
    assert (step.membership, step.decided_by, step.minutes) == (membership, BOARD, "Notulen 3")
    assert state_of(row) == ApplicationState.ACCEPTED


def test_an_organisation_of_the_directory_still_agrees_itself() -> None:
    network, known = make_network(), make_organisation()
    row = verified(network, applicant=known)
    accept_application(secretariat(network), row, member=known, decided_by=BOARD, decided_on=TODAY, now=LATER)
    membership = Membership.objects.get(network=network, member=known)
    assert (membership.is_confirmed, membership.decided_by) == (False, BOARD)


def test_a_facilitator_decides_but_registers_nobody() -> None:
    network, known = make_network(), make_organisation()
    row, facilitator = verified(network), holder("membership.manage", network)
    with pytest.raises(Denied) as denied:
        accept_application(facilitator, row, decided_by=BOARD, decided_on=TODAY, now=LATER)
    assert denied.value.permission == "organisation.register"
    step = accept_application(facilitator, row, member=known, decided_by=BOARD, decided_on=TODAY, now=LATER)
    assert step.state == ApplicationState.ACCEPTED


def test_an_acceptance_that_can_not_be_carried_out_leaves_nothing() -> None:
    network, known = make_network(), make_organisation()
    admit(network, known)
    row = verified(network)
    with pytest.raises(Conflict) as refused:
        accept_application(SYSTEM, row, member=known, decided_by=BOARD, decided_on=TODAY, now=LATER)
    assert refused.value.code == "member_already"
    inside = make_network()
    admit(inside, network)
    with pytest.raises(Invalid) as circle:
        accept_application(SYSTEM, row, member=inside, decided_by=BOARD, decided_on=TODAY, now=LATER)
    assert circle.value.code == "membership_circle"
    assert state_of(row) == ApplicationState.VERIFIED
    assert Membership.objects.filter(network=network).count() == 1


@pytest.mark.parametrize(
    ("said", "field"),
    [({"decided_by": " "}, "decided_by"), ({"decided_on": date(2031, 1, 1)}, "decided_on"), ({"words": ""}, "words")],
)
def test_a_decision_says_who_when_and_why(said: dict[str, object], field: str) -> None:
    row = verified(make_network())
    given = {"decided_by": BOARD, "decided_on": TODAY, "words": "Belum setahun", **said}
    with pytest.raises(Invalid) as refused:
        refuse_application(SYSTEM, row, now=NOW, **given)  # type: ignore[arg-type]
    assert refused.value.field == field
    assert state_of(row) == ApplicationState.VERIFIED


def test_after_the_decision_nothing_moves() -> None:
    row = verified(make_network(), receipt=(receipt := new_receipt()))
    refuse_application(SYSTEM, row, decided_by=BOARD, decided_on=TODAY, words="Belum", now=NOW)
    for act in (
        lambda: accept_application(SYSTEM, row, decided_by=BOARD, decided_on=TODAY, now=NOW),
        lambda: move_application(SYSTEM, row, act=Act.REVIEW, words="Lagi", now=NOW),
        lambda: reply_to_network(Anonymous(), row, receipt=receipt, act=Act.WITHDRAW, now=NOW),
        lambda: check_application(SYSTEM, row, {"papers": True}, now=NOW),
    ):
        with pytest.raises(Conflict) as refused:
            act()
        assert refused.value.code == "moved_meanwhile"


def test_the_applicant_reads_the_question_answers_and_may_withdraw() -> None:
    row = apply(make_network(), receipt=(receipt := new_receipt()))
    move_application(SYSTEM, row, act=Act.BEGIN, now=NOW)
    move_application(SYSTEM, row, act=Act.ASK, words="Sejak kapan berdiri?", now=NOW)
    reply_to_network(Anonymous(), row, receipt=receipt, act=Act.ANSWER, words="Sejak 2019", now=NOW)
    reply_to_network(Anonymous(), row, receipt=receipt, act=Act.WITHDRAW, now=LATER)
    told = [(step.act, step.state, words) for step, words in steps_of(row)]
    assert told == [
        ("submit", "submitted", ""),
        ("begin", "verifying", ""),
        ("ask", "asked", "Sejak kapan berdiri?"),
        ("answer", "verifying", "Sejak 2019"),
        ("withdraw", "withdrawn", ""),
    ]
    with pytest.raises(ValueError, match="accept"):
        reply_to_network(Anonymous(), row, receipt=receipt, act="accept", now=NOW)
    with pytest.raises(ValueError, match="accept"):
        move_application(SYSTEM, row, act="accept", now=NOW)


def test_the_same_name_or_telephone_is_pointed_out() -> None:
    network = make_network()
    known = make_organisation(name="Yayasan Air Jernih Lombok")
    one = apply(network, name="Yayasan Air Jernih")
    two = apply(network, name="Perkumpulan Mata Air")
    three = apply(network, name="Komunitas Lain", contact=Contact("Rina", "0813 1111 2222"))
    apply(make_network(), name="Yayasan Air Jernih")
    found = alike_to(secretariat(network), one)
    assert found.organisations == (known,)
    assert [row.pk for row in found.applications] == [two.pk]
    assert not alike_to(secretariat(network), three)


def test_the_contact_is_forgotten_and_the_decision_stays() -> None:
    row = verified(make_network())
    with pytest.raises(Conflict) as refused:
        forget_applicant(SYSTEM, row, now=NOW)
    assert refused.value.code == "still_open"
    refuse_application(SYSTEM, row, decided_by=BOARD, decided_on=TODAY, words="Belum setahun", now=NOW)
    for _ in range(2):
        forget_applicant(SYSTEM, row, now=LATER)
    fresh = application_for(SYSTEM, row.pk)
    assert (fresh.contact_name, fresh.contact_phone, fresh.contact_phone_index, fresh.forgotten_at) == (
        None,
        None,
        None,
        LATER,
    )
    last, words = steps_of(row)[-1]
    assert (last.decided_by, words) == (BOARD, "")


def test_steps_are_never_rewritten() -> None:
    row = apply(make_network())
    with pytest.raises(IntegrityError, match="organisations_applicationstep_appended"), transaction.atomic():
        ApplicationStep.objects.filter(application=row).update(state="accepted")
    with pytest.raises(IntegrityError, match="organisations_applicationcall_appended"), transaction.atomic():
        ApplicationCall.objects.update(opened_at=LATER)


def test_queues_count_by_state() -> None:
    network = make_network()
    apply(network)
    apply(network)
    verified(network)
    apply(make_network())
    actor = secretariat(network)
    assert count_states(actor, network) == {"submitted": 2, "verified": 1}
    assert open_applications_for(actor).count() == 3


def test_every_open_state_leads_to_an_end() -> None:
    for state in OPEN:
        reached, edge = {state}, {state}
        while edge:
            edge = {t.target for s in edge for t in LIFECYCLE.acts_from(s)} - reached
            reached |= edge
        assert {"accepted", "refused", "withdrawn"} <= reached


def test_an_instant_of_another_zone_is_the_same_day() -> None:
    row = verified(make_network())
    late = datetime(2025, 6, 1, 20, 0, tzinfo=UTC)  # the second of June in Jakarta
    step = refuse_application(SYSTEM, row, decided_by=BOARD, decided_on=date(2025, 6, 2), words="Belum", now=late)
    assert step.decided_on == date(2025, 6, 2)
