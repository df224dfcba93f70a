"""A case changes hands: asked with consent, seen by nobody who needn't, taken whole or not at all."""

from datetime import timedelta
from typing import Any

import pytest

from simpul.access.models import EmergencyOpening
from simpul.audit.models import Act
from simpul.cases.closing_notices import HANDED_OVER
from simpul.cases.consent_kinds import Basis
from simpul.cases.facts import Dimension, Unit, counts, stays
from simpul.cases.models import (
    Assignment,
    Case,
    CaseExport,
    CaseStep,
    CountedVictim,
    Exclusion,
    ExportedCase,
    LegalBasis,
    Opening,
    Referral,
    Transfer,
)
from simpul.cases.queries.cases import cases_for, openings_of, steps_of
from simpul.cases.queries.complaint_readers import readers_of
from simpul.cases.queries.duplicates import likely_duplicates_for
from simpul.cases.queries.referrals import letter_by_link, letter_for_office, letters_for_office, referral_for
from simpul.cases.queries.rights import request_for, requests_for
from simpul.cases.queries.transfer_receivers import receivers_for
from simpul.cases.queries.transfers import (
    handed_on_for,
    offer_for,
    offers_for,
    open_transfer_of,
    told_of,
    transfer_for,
    transfers_waiting_for,
    unasked_of,
)
from simpul.cases.referral_life import ReferralStage
from simpul.cases.rights_kinds import Ground
from simpul.cases.services.closing import end_case
from simpul.cases.services.complaint_cases import open_case_from_complaint
from simpul.cases.services.complaint_talk import answer_reporter
from simpul.cases.services.consents import withdraw_consent
from simpul.cases.services.keeping import let_go, let_go_of, restrict_case
from simpul.cases.services.parties import add_party
from simpul.cases.services.progress import close_case, mark_duplicate, triage_case
from simpul.cases.services.referral_links import issue_link, open_link
from simpul.cases.services.referrals import send_referral
from simpul.cases.services.rights import receive_request, refuse_request
from simpul.cases.services.rights_file import find_file
from simpul.cases.services.sight import assign_companion, escalate_case, exclude_person
from simpul.cases.services.transfer_answers import (
    accept_transfer,
    look_at_offer,
    note_transfers_unanswered,
    refuse_transfer,
)
from simpul.cases.services.transfers import ask_transfer, draft_transfer, revoke_transfer
from simpul.cases.transfer_kinds import CLOCK, TransferState
from simpul.cases.transfer_notices import DECIDED, OFFERED, UNANSWERED
from simpul.deadlines.models import Clock
from simpul.deadlines.services import check_clocks
from simpul.kernel.actor import System
from simpul.kernel.errors import Conflict, Denied, Invalid, NotFound
from simpul.kernel.ids import uuid7
from simpul.notices.models import Notice, Recipient
from tests.cast import NAMES, Cast, Played
from tests.factories.cases import MAKER, NOW, make_case, victim_of, village
from tests.factories.complaints import VILLAGE, complain_with_receipt, works_in
from tests.factories.referrals import NAME, PHONE, STORY, make_matter, make_office, make_referral
from tests.factories.referrals import make_draft as make_letter
from tests.factories.transfers import REASON, agree_to, make_coordinator, make_draft, make_offer
from tests.marks import audits, denies
from tests.racing import at_once

HOUR = timedelta(hours=1)
LATER = NOW + HOUR
PLATFORM = System("cases")


@pytest.fixture
def lestari(cast: Cast) -> Played:
    return make_coordinator(cast.other_group)


def told(kind: str) -> set[object]:
    return set(Recipient.objects.filter(notice__kind=kind).values_list("user_id", flat=True))


def sees(who: Played, case: Case) -> bool:
    return cases_for(who.actor, now=LATER).filter(pk=case.pk).exists()


@audits(draft_transfer)
def test_a_draft_is_with_nobody_else(cast: Cast, lestari: Played) -> None:
    transfer = make_draft(cast, actor=cast.budi.actor)
    assert transfer.state == TransferState.DRAFT
    assert not offers_for(lestari.actor, now=LATER).exists()
    assert not Clock.objects.filter(code=CLOCK).exists()
    assert not told(OFFERED)
    act = Act.objects.get(act="cases.draft_transfer")
    assert REASON not in str(act.details)


def test_a_companion_prepares_it_and_the_coordinator_asks(cast: Cast, lestari: Played) -> None:
    case = make_matter(cast)
    assign_companion(cast.budi.actor, case, cast.ani.person, now=NOW)  # type: ignore[arg-type]
    transfer = make_draft(cast, actor=cast.ani.actor, case=case)
    agree_to(victim_of(case), cast.other_group)
    with pytest.raises(Denied):
        ask_transfer(cast.ani.actor, transfer, basis=Basis.CONSENT, now=NOW)
    assert ask_transfer(cast.budi.actor, transfer, basis=Basis.CONSENT, now=NOW).state == TransferState.ASKED
    with pytest.raises(Denied):
        revoke_transfer(cast.ani.actor, transfer, now=LATER)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"summary": " "}, "summary"),
        ({"reason": ""}, "reason"),
        ({"summary": "x" * 2001}, "too_long"),
        ({"fields": ["name"]}, "fields"),
        ({"fields": ["narrative"]}, "fields"),
        ({"summary": f"Tolong dampingi {NAME.upper()} di sana."}, "named"),
        ({"summary": "Hubungi 0812-3456-7890."}, "named"),
    ],
)
def test_what_a_draft_may_not_say(cast: Cast, lestari: Played, changes: dict[str, Any], code: str) -> None:
    with pytest.raises(Invalid) as refused:
        make_draft(cast, **changes)
    assert refused.value.code == code


def test_only_where_somebody_could_take_it(cast: Cast, lestari: Played) -> None:
    case = make_matter(cast)
    assert list(receivers_for(cast.budi.actor, case, now=NOW)) == [cast.other_group]
    for to in (cast.forum, cast.lentera):  # nobody coordinates there; one's own
        with pytest.raises(Invalid, match="to"):
            make_draft(cast, case=case, to=to)
    exclude_person(cast.budi.actor, case, lestari.person, now=NOW)  # type: ignore[arg-type]
    assert not receivers_for(cast.budi.actor, case, now=NOW).exists()
    with pytest.raises(Invalid, match="to"):
        make_draft(cast, case=case)


def test_one_at_a_time_and_the_same_draft_twice_is_one(cast: Cast, lestari: Played) -> None:
    case, key = make_matter(cast), uuid7()
    assert make_draft(cast, case=case, id=key) == make_draft(cast, case=case, id=key)
    with pytest.raises(Conflict, match="transferring_already"):
        make_draft(cast, case=case)
    with pytest.raises(Conflict, match="id_taken"):
        make_draft(cast, case=make_matter(cast), id=key)


def test_what_has_ended_is_not_handed_over(cast: Cast, lestari: Played) -> None:
    case = make_matter(cast)
    triage_case(MAKER, case, risk="RK.T", authority="village", now=NOW)
    close_case(MAKER, case, outcome="met", now=NOW)
    with pytest.raises(Conflict, match="transition_refused"):
        make_draft(cast, case=case)


@audits(ask_transfer)
def test_whoever_coordinates_there_is_asked_and_the_clock_runs(cast: Cast, lestari: Played) -> None:
    transfer = make_offer(cast)
    assert told(OFFERED) == {lestari.user.pk}  # type: ignore[union-attr]
    assert list(offers_for(lestari.actor, now=LATER)) == [transfer]
    clock = Clock.objects.get(code=CLOCK)
    assert (clock.about_id, clock.owner_organisation) == (transfer.pk, cast.lentera)
    assert clock.due_at - NOW > timedelta(days=4)
    assert ask_transfer(cast.budi.actor, transfer, basis=Basis.CONSENT, now=LATER) == transfer
    assert Act.objects.filter(act="cases.ask_transfer").count() == 1


def test_without_consent_it_fails(cast: Cast, lestari: Played) -> None:
    """R4."""
    transfer = make_draft(cast)
    with pytest.raises(Conflict, match="consent_missing"):
        ask_transfer(cast.budi.actor, transfer, basis=Basis.CONSENT, now=NOW)
    transfer.refresh_from_db()
    assert (transfer.state, LegalBasis.objects.count(), transfer.grounds.count()) == (TransferState.DRAFT, 0, 0)


def test_consent_to_another_organisation_is_none(cast: Cast, lestari: Played) -> None:
    """R4."""
    transfer = make_draft(cast)
    agree_to(victim_of(transfer.case), cast.uptd)
    with pytest.raises(Conflict, match="consent_missing"):
        ask_transfer(cast.budi.actor, transfer, basis=Basis.CONSENT, now=NOW)


def test_each_of_several_people_is_asked(cast: Cast, lestari: Played) -> None:
    """R4, R11: and each by their own right."""
    case = make_matter(cast)
    add_party(MAKER, case, role="victim", types=["K.P"], details={"age_stated": 20}, now=NOW)
    first, second = case.parties.filter(role="victim").select_related("case__area").order_by("id")
    transfer = make_draft(cast, case=case)
    agree_to(first, cast.other_group)
    purpose = f"transfer:{cast.other_group.pk}"
    assert unasked_of(cast.budi.actor, transfer, purpose=purpose, now=NOW) == [second]
    with pytest.raises(Conflict, match="consent_missing"):
        ask_transfer(cast.budi.actor, transfer, basis=Basis.CONSENT, now=NOW)
    asked = ask_transfer(cast.budi.actor, transfer, basis=Basis.VITAL_INTEREST, reason="Terancam.", now=NOW)
    grounds = {row.party_id: row.legal_basis.basis for row in told_of(asked)}
    assert grounds == {first.pk: Basis.CONSENT, second.pk: Basis.VITAL_INTEREST}


def test_an_override_is_a_permission_with_a_reason_that_shows(cast: Cast, lestari: Played) -> None:
    transfer = make_draft(cast)
    with pytest.raises(Invalid, match="reason"):
        ask_transfer(cast.budi.actor, transfer, basis=Basis.OVERRIDE, now=NOW)
    ask_transfer(cast.budi.actor, transfer, basis=Basis.OVERRIDE, reason="Tidak sadar.", now=NOW)
    ground = LegalBasis.objects.get()
    assert ground.reason
    assert (ground.basis, ground.reason.open()) == (Basis.OVERRIDE, "Tidak sadar.")
    act = Act.objects.get(act="cases.ask_transfer")
    assert act.details["basis"] == "override"
    assert "sadar" not in str(act.details)


def test_nobody_is_named_before_it_is_taken(cast: Cast, lestari: Played) -> None:
    transfer = make_offer(cast)
    found = look_at_offer(lestari.actor, transfer.pk, now=LATER)
    shared = [row.shared.open() for row in told_of(found) if row.shared]
    assert shared == [{"types": ["K.F"]}]
    for secret in (NAME, PHONE, STORY):
        assert secret not in f"{shared} {found.summary.open()}"
    assert not sees(lestari, transfer.case)
    with pytest.raises(NotFound):
        transfer_for(lestari.actor, transfer.pk, now=LATER)


@audits(look_at_offer)
def test_each_look_is_written_down_where_the_group_reads_it(cast: Cast, lestari: Played) -> None:
    transfer = make_offer(cast)
    look_at_offer(lestari.actor, transfer.pk, now=LATER)
    looks = openings_of(cast.budi.actor, transfer.case, now=LATER)
    assert next((look.person, look.page) for look in looks) == (lestari.person, "transfer:offer")
    assert Act.objects.filter(act="cases.look_at_offer").exists()


@denies(draft_transfer, ask_transfer, revoke_transfer)
@pytest.mark.parametrize("who", sorted(set(NAMES) - {"budi"}))
def test_only_the_group_hands_it_over(cast: Cast, lestari: Played, who: str) -> None:
    draft, offer, actor = make_draft(cast), make_offer(cast), cast.played[who].actor
    with pytest.raises(NotFound):
        make_draft(cast, actor=actor)
    with pytest.raises(NotFound):
        ask_transfer(actor, draft, basis=Basis.OVERRIDE, reason="x", now=NOW)
    for one in (draft, offer):
        with pytest.raises(NotFound):
            revoke_transfer(actor, one, now=NOW)
        with pytest.raises(NotFound):
            transfer_for(actor, one.pk, now=NOW)
    assert not transfers_waiting_for(actor, now=NOW).exists()
    assert open_transfer_of(actor, draft.case, now=NOW) is None


@denies(look_at_offer, accept_transfer, refuse_transfer)
@pytest.mark.parametrize("who", NAMES)
def test_only_who_was_asked_answers(cast: Cast, lestari: Played, who: str) -> None:
    """Neither the group itself nor a companion there."""
    offer, actor = make_offer(cast), cast.played[who].actor
    with pytest.raises(NotFound):
        look_at_offer(actor, offer.pk, now=LATER)
    with pytest.raises(NotFound):
        accept_transfer(actor, offer, now=LATER)
    with pytest.raises(NotFound):
        refuse_transfer(actor, offer, words="x", now=LATER)
    assert not offers_for(actor, now=LATER).exists()


def test_the_accuseds_own_office_never_receives_it(cast: Cast, lestari: Played) -> None:
    """By their name among its people, or the office's own: and it is never said why."""
    for accused in ("Pak Lestari", "Kelompok Konstituen Aik Bening"):
        case = make_matter(cast)
        add_party(MAKER, case, role="alleged", details={"name": accused}, now=NOW)
        transfer = make_draft(cast, case=case)
        agree_to(victim_of(case), cast.other_group)
        with pytest.raises(Invalid, match="to") as refused:
            ask_transfer(cast.budi.actor, transfer, basis=Basis.CONSENT, now=NOW)
        assert "Lestari" not in str(refused.value.message)
    assert not told(OFFERED)
    assert not offers_for(lestari.actor, now=LATER).exists()


def test_whom_the_person_keeps_it_from_never_sees_it(cast: Cast, lestari: Played) -> None:
    second = make_coordinator(cast.other_group, "Wayan Sudarma")
    transfer = make_draft(cast)
    agree_to(victim_of(transfer.case), cast.other_group, withheld_from=["paman Wayan"])
    ask_transfer(cast.budi.actor, transfer, basis=Basis.CONSENT, now=NOW)
    assert told(OFFERED) == {lestari.user.pk}  # type: ignore[union-attr]
    with pytest.raises(NotFound):
        look_at_offer(second.actor, transfer.pk, now=LATER)
    case = accept_transfer(lestari.actor, transfer, now=LATER)
    assert sees(lestari, case)
    assert not sees(second, case)


def test_an_excluded_person_is_never_asked_and_stays_excluded(cast: Cast, lestari: Played) -> None:
    second, case = make_coordinator(cast.other_group, "Made"), make_matter(cast)
    exclude_person(cast.budi.actor, case, second.person, now=NOW, reason="Ipar")  # type: ignore[arg-type]
    transfer = make_offer(cast, case=case)
    assert told(OFFERED) == {lestari.user.pk}  # type: ignore[union-attr]
    with pytest.raises(NotFound):
        accept_transfer(second.actor, transfer, now=LATER)
    accept_transfer(lestari.actor, transfer, now=LATER)
    assert not sees(second, case)
    assert Exclusion.objects.filter(case=case, person=second.person, lifted_at=None).exists()


def test_consent_taken_back_or_run_out_closes_the_question(cast: Cast, lestari: Played) -> None:
    transfer = make_offer(cast)
    with pytest.raises(NotFound):
        offer_for(lestari.actor, transfer.pk, now=NOW + timedelta(days=366))
    consent = transfer.grounds.get().legal_basis.consent
    assert consent
    withdraw_consent(cast.budi.actor, consent, capacity="self", now=LATER)
    assert not offers_for(lestari.actor, now=LATER).exists()
    with pytest.raises(NotFound):
        accept_transfer(lestari.actor, transfer, now=LATER)


def test_nothing_is_handed_over_while_its_use_is_stopped(cast: Cast, lestari: Played) -> None:
    transfer = make_offer(cast)
    restrict_case(cast.budi.actor, transfer.case, reason="Diminta", now=LATER)
    with pytest.raises(NotFound):
        accept_transfer(lestari.actor, transfer, now=LATER)
    with pytest.raises(Conflict, match="restricted"):
        make_draft(cast, case=transfer.case)


def test_nobody_is_handed_over_whom_nobody_was_asked_about(cast: Cast, lestari: Played) -> None:
    """R4."""
    transfer = make_offer(cast)
    add_party(MAKER, transfer.case, role="victim", types=["K.P"], details={}, now=NOW)
    with pytest.raises(Conflict, match="asked_anew"):
        accept_transfer(lestari.actor, transfer, now=LATER)
    assert not sees(lestari, transfer.case)


@audits(accept_transfer)
def test_it_is_taken_over_whole(cast: Cast, lestari: Played) -> None:
    case = make_matter(cast, ["K.S"])
    triage_case(MAKER, case, risk="RK.T", authority="village", now=NOW)
    assign_companion(cast.budi.actor, case, cast.ani.person, now=NOW)  # type: ignore[arg-type]
    escalate_case(cast.budi.actor, case, to=cast.support, reason="Berat", now=NOW)
    transfer = make_offer(cast, case=case)
    moved = accept_transfer(lestari.actor, transfer, now=LATER)

    assert (moved.owner_organisation, moved.stage, moved.risk) == (cast.other_group, "received", "RK.T")
    assert moved.code.startswith("AKB-2025-")
    assert transfer.former_code == case.code
    assert moved.received_on == case.received_on
    assert sees(lestari, moved)
    for who in (cast.budi, cast.ani, cast.kartika, cast.hasan):
        assert not sees(who, moved)
    last = list(steps_of(lestari.actor, moved, now=LATER))[-2:]
    assert [(step.act, step.from_stage, step.to_stage, step.by) for step in last] == [
        ("transfer", "triage", "transferred", cast.budi.person),
        ("open", "", "received", lestari.person),
    ]
    assert last[0].reason
    assert last[0].reason.open() == REASON
    standing = Assignment.objects.filter(case=moved, ended_at=None)
    assert [(row.person, row.role) for row in standing] == [(lestari.person, "coordinator")]
    assert not moved.escalations.filter(ended_at=None).exists()
    assert told(DECIDED) == {cast.budi.user.pk}  # type: ignore[union-attr]
    assert told(HANDED_OVER) == {cast.ani.user.pk}  # type: ignore[union-attr]
    assert Act.objects.filter(act="cases.accept_transfer", ref_id=case.pk).exists()
    assert accept_transfer(lestari.actor, transfer, now=LATER) == moved
    assert CaseStep.objects.filter(case=moved, act="transfer").count() == 1


def test_the_old_group_keeps_its_number_and_no_word_more(cast: Cast, lestari: Played) -> None:
    transfer = make_offer(cast)
    accept_transfer(lestari.actor, transfer, now=LATER)
    assert [(row.former_code, row.to_organisation) for row in handed_on_for(cast.budi.actor)] == [
        (transfer.former_code, cast.other_group)
    ]
    for who in (cast.ani, cast.hasan, cast.kartika, lestari):
        assert not handed_on_for(who.actor).exists()
    with pytest.raises(NotFound):
        transfer_for(cast.budi.actor, transfer.pk, now=LATER)
    with pytest.raises(NotFound):
        revoke_transfer(cast.budi.actor, transfer, now=LATER)
    assert transfer_for(lestari.actor, transfer.pk, now=LATER) == transfer


def test_clocks_run_on_for_the_new_group(cast: Cast, lestari: Played) -> None:
    """R2: nobody gains time by handing something on."""
    case = make_matter(cast, ["K.S"])
    due = Clock.objects.get(code="D01").due_at
    accept_transfer(lestari.actor, make_offer(cast, case=case), now=LATER)
    clock = Clock.objects.get(code="D01")
    assert (clock.owner_organisation, clock.due_at, clock.stopped_at) == (cast.other_group, due, None)
    asked = Clock.objects.get(code=CLOCK)
    assert (asked.owner_organisation, asked.decision) == (cast.lentera, "accepted")
    check_clocks(PLATFORM, now=due)
    late = told("deadlines.passed") | told("deadlines.near")
    assert lestari.user.pk in late  # type: ignore[union-attr]
    assert cast.budi.user.pk not in late  # type: ignore[union-attr]


def test_live_referrals_go_on_under_the_new_group(cast: Cast, lestari: Played) -> None:
    case = make_matter(cast)
    letter = make_referral(cast, case=case)
    accept_transfer(lestari.actor, make_offer(cast, case=case), now=LATER)
    found = letter_for_office(cast.citra.actor, letter.pk, now=LATER)
    assert found.case.owner_organisation == cast.other_group
    assert referral_for(lestari.actor, letter.pk, now=LATER).stage == ReferralStage.SENT
    with pytest.raises(NotFound):
        referral_for(cast.budi.actor, letter.pk, now=LATER)
    assert Clock.objects.get(code="P01").owner_organisation == cast.other_group


def test_the_old_groups_way_into_a_letter_ends_and_the_offices_stays(cast: Cast, lestari: Played) -> None:
    """Whoever made the link knows address and PIN; the device that opened it is the office's."""
    case, offices = make_matter(cast), (make_office(cast), make_office(cast))
    letters = [make_referral(cast, case=case, office=office) for office in offices]
    opened, shut = (issue_link(cast.budi.actor, letter, now=NOW) for letter in letters)
    bearer = open_link(opened.token, pin=opened.pin, held_secrets={}, now=LATER)
    accept_transfer(lestari.actor, make_offer(cast, case=case), now=LATER)
    assert letter_by_link(bearer, now=LATER) == letters[0]
    with pytest.raises(Invalid, match="wrong"):
        open_link(shut.token, pin=shut.pin, held_secrets={}, now=LATER)
    with pytest.raises(NotFound):
        issue_link(cast.budi.actor, letters[1], now=LATER)
    assert issue_link(lestari.actor, Referral.objects.get(pk=letters[1].pk), now=LATER).token


def test_a_referral_to_who_keeps_it_now_ends(cast: Cast) -> None:
    case, taker = make_matter(cast), make_coordinator(cast.uptd, "Nyoman")
    letter = make_referral(cast, case=case)
    accept_transfer(taker.actor, make_offer(cast, case=case, to=cast.uptd), now=LATER)
    letter.refresh_from_db()
    assert letter.stage == ReferralStage.REVOKED
    assert not letters_for_office(cast.citra.actor, now=LATER).exists()
    assert Clock.objects.get(code="P01").decision == "revoked"


def test_figures_know_it_once(cast: Cast, lestari: Played) -> None:
    """R11: nobody is counted twice because they were handed on."""
    case = make_matter(cast)
    triage_case(MAKER, case, risk="RK.T", authority="village", now=NOW)
    agree_to(victim_of(case), cast.other_group, purposes=["record", "aggregate"])
    accept_transfer(lestari.actor, make_offer(cast, case=case), now=LATER)
    after = LATER + HOUR
    for unit in Unit:
        assert [row.came for row in counts(unit, [], until=after)] == [1]
    assert [row.cell for row in stays([Dimension.STAGE], until=after)] == [("received",), ("triage",)]
    owners = CountedVictim.objects.order_by("id").values_list("owner_organisation", flat=True)
    assert [*dict.fromkeys(owners)] == [cast.lentera.pk, cast.other_group.pk]


def test_what_was_entered_twice_goes_along(cast: Cast, lestari: Played) -> None:
    case, twin = make_matter(cast), make_matter(cast)
    mark_duplicate(cast.budi.actor, twin, of=case, now=NOW)
    accept_transfer(lestari.actor, make_offer(cast, case=case), now=LATER)
    assert not sees(cast.budi, twin)
    assert sees(lestari, twin)
    twin.refresh_from_db()
    assert (twin.stage, twin.owner_organisation) == ("duplicate", cast.other_group)


def test_who_may_be_known_already_is_asked_among_the_new_groups_own(cast: Cast, lestari: Played) -> None:
    who = {"name": "Inaq Sari", "nik": "9952035010900001"}
    old, own = (make_case(group, victim=who) for group in (cast.lentera, cast.other_group))
    case = make_case(cast.lentera, victim=who)
    assert [found.case for found in likely_duplicates_for(cast.budi.actor, case, now=NOW)] == [old]
    moved = accept_transfer(lestari.actor, make_offer(cast, case=case), now=LATER)
    assert [found.case for found in likely_duplicates_for(lestari.actor, moved, now=LATER)] == [own]


def test_what_people_ask_about_their_data_goes_along(cast: Cast, lestari: Played) -> None:
    case = make_matter(cast)
    request = receive_request(cast.budi.actor, cast.lentera, kind="access", capacity="self", applicant="Inaq", now=NOW)
    request.case = case
    request.save(update_fields=["case"])
    accept_transfer(lestari.actor, make_offer(cast, case=case), now=LATER)
    request.refresh_from_db()
    assert request.owner_organisation == cast.other_group
    assert Clock.objects.get(about_id=request.pk).owner_organisation == cast.other_group


def test_what_is_asked_about_a_hidden_case_is_missed_by_nobody_it_is_hidden_from(cast: Cast, lestari: Played) -> None:
    """It stays as one without a file; the new group is asked it too, since when it was asked."""
    case, other = make_matter(cast), make_coordinator(cast.lentera)
    exclude_person(MAKER, case, other.person, now=NOW)  # type: ignore[arg-type]
    given = {"kind": "access", "capacity": "self", "applicant": "Inaq", "now": NOW}
    waits, done, none = (receive_request(MAKER, cast.lentera, **given) for _ in range(3))  # type: ignore[arg-type]
    for request in (waits, done):
        find_file(MAKER, request, victim_of(case), now=NOW)
    for request in (done, none):
        refuse_request(MAKER, request, ground="not_shown", now=NOW)
    before = [(row.pk, row.answer) for row in requests_for(other.actor)]
    accept_transfer(lestari.actor, make_offer(cast, case=case), now=LATER)
    assert [(row.pk, row.answer) for row in requests_for(other.actor)] == before
    rows = [request_for(other.actor, row.pk, now=LATER) for row in (done, none)]
    assert len({(row.case_id, row.party_id, row.answer, row.refusal, row.level) for row in rows}) == 1
    again = requests_for(lestari.actor).get()
    assert again.applicant
    assert (again.party, again.applicant.open(), again.asked_at) == (victim_of(case), "Inaq", NOW)
    clocks = Clock.objects.filter(about_id__in=[waits.pk, again.pk], stopped_at=None)
    assert {(clock.owner_organisation, clock.started_at) for clock in clocks} == {
        (cast.lentera, NOW), (cast.other_group, NOW),
    }  # fmt: skip


def test_an_emergency_opening_of_the_old_group_ends(cast: Cast, lestari: Played) -> None:
    case = make_matter(cast)
    opening = EmergencyOpening.objects.create(
        person=cast.ani.person, organisation=cast.lentera, ref_kind="cases.case", ref_id=case.pk, reason="Malam itu",
        as_deputy=True, opened_at=NOW, until=NOW + timedelta(days=1),
    )  # fmt: skip
    assert sees(cast.ani, case)
    accept_transfer(lestari.actor, make_offer(cast, case=case), now=LATER)
    opening.refresh_from_db()
    assert opening.closed_at == LATER
    assert not sees(cast.ani, case)


@audits(refuse_transfer)
def test_it_is_refused_with_a_reason_and_stays(cast: Cast, lestari: Played) -> None:
    transfer = make_offer(cast)
    with pytest.raises(Invalid, match="words"):
        refuse_transfer(lestari.actor, transfer, words=" ", now=LATER)
    refused = refuse_transfer(lestari.actor, transfer, words="Kami penuh.", now=LATER)
    assert refuse_transfer(lestari.actor, transfer, words="Kami penuh.", now=LATER) == refused
    assert (refused.state, sees(cast.budi, transfer.case)) == (TransferState.REFUSED, True)
    assert told(DECIDED) == {cast.budi.user.pk}  # type: ignore[union-attr]
    assert Clock.objects.get(code=CLOCK).decision == "refused"
    assert Act.objects.filter(act="cases.refuse_transfer").count() == 1
    with pytest.raises(NotFound):
        offer_for(lestari.actor, transfer.pk, now=LATER)
    assert make_draft(cast, case=transfer.case).state == TransferState.DRAFT  # another may be asked


@audits(revoke_transfer)
def test_what_is_taken_back_is_gone_there(cast: Cast, lestari: Played) -> None:
    transfer = make_offer(cast)
    for _ in range(2):
        assert revoke_transfer(cast.budi.actor, transfer, now=LATER).state == TransferState.REVOKED
    assert Act.objects.filter(act="cases.revoke_transfer").count() == 1
    assert Clock.objects.get(code=CLOCK).decision == "revoked"
    for act in (look_at_offer, offer_for):
        with pytest.raises(NotFound):
            act(lestari.actor, transfer.pk, now=LATER)


def test_it_lapses_with_the_case(cast: Cast, lestari: Played) -> None:
    transfer = make_offer(cast)
    triage_case(MAKER, transfer.case, risk="RK.T", authority="village", now=NOW)
    end_case(cast.budi.actor, transfer.case, outcome="met", now=LATER)
    transfer.refresh_from_db()
    assert transfer.state == TransferState.REVOKED
    assert Clock.objects.get(code=CLOCK).decision == "revoked"
    with pytest.raises(NotFound):
        accept_transfer(lestari.actor, transfer, now=LATER)


@denies(note_transfers_unanswered)
@audits(note_transfers_unanswered)
def test_unanswered_shows_by_itself_and_is_escalated(cast: Cast, lestari: Played) -> None:
    transfer = make_offer(cast)
    due = Clock.objects.get(code=CLOCK).due_at
    check_clocks(PLATFORM, now=due - HOUR)
    assert note_transfers_unanswered(PLATFORM, now=due - HOUR) == 0
    check_clocks(PLATFORM, now=due)
    assert note_transfers_unanswered(PLATFORM, now=due) == 1
    assert note_transfers_unanswered(PLATFORM, now=due) == 0
    transfer.refresh_from_db()
    assert transfer.state == TransferState.UNANSWERED
    assert told(UNANSWERED) == {cast.budi.user.pk}  # type: ignore[union-attr]
    check_clocks(PLATFORM, now=due + timedelta(days=3))
    assert cast.kartika.user.pk in told("deadlines.passed")  # type: ignore[union-attr]
    assert Act.objects.filter(act="cases.expire_transfer").count() == 1
    with pytest.raises(Denied):
        note_transfers_unanswered(cast.budi.actor, now=due)
    assert accept_transfer(lestari.actor, transfer, now=due + HOUR).owner_organisation == cast.other_group


def test_notices_tell_nothing(cast: Cast, lestari: Played) -> None:
    accept_transfer(lestari.actor, make_offer(cast), now=LATER)
    kinds = {OFFERED, DECIDED}
    sent = Notice.objects.filter(kind__in=kinds)
    assert {row.kind for row in sent} == kinds
    assert [row.params for row in sent] == [{}, {}]


def test_a_referral_is_not_sent_by_who_sees_the_case_no_more(cast: Cast) -> None:
    letter = make_letter(cast)
    exclude_person(MAKER, letter.case, cast.budi.person, now=NOW)  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        send_referral(cast.budi.actor, letter, basis=Basis.VITAL_INTEREST, reason="Darurat", now=LATER)


def test_the_complaint_and_its_conversation_go_along(cast: Cast, lestari: Played) -> None:
    works_in(cast.lentera, VILLAGE)
    complaint, _digits, _secret = complain_with_receipt(now=NOW)
    case = open_case_from_complaint(
        cast.budi.actor, complaint, area=village(), types=["K.F"], words="Kami dampingi.", now=NOW
    )
    accept_transfer(lestari.actor, make_offer(cast, case=case), now=LATER)
    complaint.refresh_from_db()
    assert complaint.handler == cast.other_group
    assert readers_of(complaint.pk, now=LATER) == {lestari.user.pk}  # type: ignore[union-attr]
    answer_reporter(lestari.actor, complaint, id=uuid7(), words="Sekarang kami yang mendampingi.", now=LATER)
    with pytest.raises(NotFound):
        answer_reporter(cast.budi.actor, complaint, id=uuid7(), words="x", now=LATER)


def test_an_uncollected_file_of_the_old_register_is_called_back(cast: Cast, lestari: Played) -> None:
    case = make_matter(cast)
    export = CaseExport.objects.create(
        owner_organisation=cast.lentera, kind="xlsx", unmasked=False, reason="Laporan", asked_at=NOW,
        asked_by=cast.budi.person, prepared_at=NOW, case_count=1,
    )  # fmt: skip
    ExportedCase.objects.create(export=export, case_id=case.pk)
    accept_transfer(lestari.actor, make_offer(cast, case=case), now=LATER)
    export.refresh_from_db()
    assert export.recalled_at is not None
    assert ExportedCase.objects.get().erased_at is None


def test_who_looked_before_stays_in_the_log(cast: Cast, lestari: Played) -> None:
    transfer = make_offer(cast)
    Opening.objects.create(case=transfer.case, person=cast.budi.person, page="cases:case", at=NOW)
    case = accept_transfer(lestari.actor, transfer, now=LATER)
    assert cast.budi.person in {look.person for look in openings_of(lestari.actor, case, now=LATER)}


def test_erasing_the_case_erases_what_was_told(cast: Cast, lestari: Played) -> None:
    transfer = make_offer(cast)
    clock = Clock.objects.get(code=CLOCK)
    let_go(MAKER, transfer.case, ground=Ground.ASKED, now=NOW)
    assert not Transfer.objects.exists()
    assert not Clock.objects.filter(pk=clock.pk).exists()


def test_erasing_one_of_several_erases_what_was_told_of_them(cast: Cast, lestari: Played) -> None:
    case = make_matter(cast)
    add_party(MAKER, case, role="victim", types=["K.P"], details={"age_stated": 20}, now=NOW)
    transfer = make_offer(cast, case=case)
    gone = case.parties.filter(role="victim").order_by("id")[1]
    let_go_of(MAKER, gone)
    assert [row.party_id == gone.pk for row in transfer.grounds.all()] == [False]
    assert accept_transfer(lestari.actor, transfer, now=LATER).owner_organisation == cast.other_group


def outcomes(results: list[object]) -> list[str]:
    return sorted(type(one).__name__ for one in results)


@pytest.mark.racing
def test_taken_over_twice_at_once_is_once(raced: None, stage: Any) -> None:
    cast: Cast = stage.set_up()
    first, second = make_coordinator(cast.other_group), make_coordinator(cast.other_group, "Wayan")
    transfer = make_offer(cast)
    ends = at_once(
        lambda: accept_transfer(first.actor, transfer, now=LATER),
        lambda: accept_transfer(second.actor, transfer, now=LATER),
    )
    assert outcomes(ends) == ["Case", "Case"]
    assert CaseStep.objects.filter(case=transfer.case, act="transfer").count() == 1
    assert Assignment.objects.filter(case=transfer.case, ended_at=None).count() == 1


@pytest.mark.racing
def test_taken_over_and_refused_at_once_is_one_answer(raced: None, stage: Any) -> None:
    cast: Cast = stage.set_up()
    first, second = make_coordinator(cast.other_group), make_coordinator(cast.other_group, "Wayan")
    transfer = make_offer(cast)
    ends = at_once(
        lambda: accept_transfer(first.actor, transfer, now=LATER),
        lambda: refuse_transfer(second.actor, transfer, words="Penuh.", now=LATER),
    )
    _assert_one_end(cast, transfer, ends)


def _assert_one_end(cast: Cast, transfer: Transfer, ends: Any) -> None:
    """It was taken over or it wasn't, one of the two was told so, and the case lies where that says."""
    assert outcomes(ends) in (["Case", "NotFound"], ["NotFound", "Transfer"])
    transfer.refresh_from_db()
    taken = transfer.state == TransferState.ACCEPTED
    assert Case.objects.get(pk=transfer.case_id).owner_organisation == (cast.other_group if taken else cast.lentera)


@pytest.mark.racing
def test_taken_over_and_taken_back_at_once_is_one(raced: None, stage: Any) -> None:
    cast: Cast = stage.set_up()
    lestari, transfer = make_coordinator(cast.other_group), make_offer(cast)
    ends = at_once(
        lambda: accept_transfer(lestari.actor, transfer, now=LATER),
        lambda: revoke_transfer(cast.budi.actor, transfer, now=LATER),
    )
    _assert_one_end(cast, transfer, ends)


@pytest.mark.racing
def test_taken_over_and_closed_at_once_is_one(raced: None, stage: Any) -> None:
    cast: Cast = stage.set_up()
    lestari, case = make_coordinator(cast.other_group), make_matter(cast)
    triage_case(MAKER, case, risk="RK.T", authority="village", now=NOW)
    transfer = make_offer(cast, case=case)
    at_once(
        lambda: accept_transfer(lestari.actor, transfer, now=LATER),
        lambda: end_case(cast.budi.actor, case, outcome="met", now=LATER),
    )
    case.refresh_from_db()
    transfer.refresh_from_db()
    ends = (transfer.state, case.stage, case.owner_organisation_id)
    assert ends in (
        (TransferState.ACCEPTED, "received", cast.other_group.pk),
        (TransferState.REVOKED, "closed", cast.lentera.pk),
    )


@pytest.mark.racing
def test_two_begun_at_once_are_one(raced: None, stage: Any) -> None:
    cast: Cast = stage.set_up()
    make_coordinator(cast.other_group)
    case = make_matter(cast)
    ends = at_once(*(lambda: make_draft(cast, actor=cast.budi.actor, case=case) for _ in range(2)))
    assert outcomes(ends) == ["Conflict", "Transfer"]
    assert Transfer.objects.filter(case=case).count() == 1


@pytest.mark.racing
def test_handed_over_and_referred_at_once_the_old_group_sends_nothing_after(raced: None, stage: Any) -> None:
    cast: Cast = stage.set_up()
    lestari, case = make_coordinator(cast.other_group), make_matter(cast)
    letter, transfer = make_letter(cast, case=case), make_offer(cast, case=case)
    ends = at_once(
        lambda: accept_transfer(lestari.actor, transfer, now=LATER),
        lambda: send_referral(cast.budi.actor, letter, basis=Basis.VITAL_INTEREST, reason="Darurat", now=LATER),
    )
    letter.refresh_from_db()
    assert type(ends[0]).__name__ == "Case"
    if isinstance(ends[1], NotFound):
        assert (letter.stage, letter.shared) == (ReferralStage.DRAFT, None)
    else:
        assert letter.stage == ReferralStage.SENT
        assert Clock.objects.get(code="P01").owner_organisation == cast.other_group
