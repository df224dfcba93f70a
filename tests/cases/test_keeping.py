"""Use stopped for now, a hold, an end to keeping, and erasing (R8): nothing of anybody stays, the counts do."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection

from simpul.audit.erasers import erase_again
from simpul.audit.models import Act, Erasure
from simpul.cases.consent_kinds import refer_to
from simpul.cases.health import holds_are_repeated
from simpul.cases.models import (
    Case,
    CaseTombstone,
    Complaint,
    LegalHold,
    Party,
    Restriction,
    RetentionRule,
    RetentionWarning,
    RightsRequest,
)
from simpul.cases.queries.referrals import letters_for_office, lost_consent, referral_for
from simpul.cases.queries.retention import kept_until
from simpul.cases.services.complaint_cases import open_case_from_complaint
from simpul.cases.services.complaint_talk import write_to_desk
from simpul.cases.services.consents import withdraw_consent
from simpul.cases.services.helping import add_need, provide_service
from simpul.cases.services.keeping import (
    erase_case,
    extend_keeping,
    hold_case,
    lift_restriction,
    release_case,
    restrict_case,
)
from simpul.cases.services.parties import add_party, correct_party
from simpul.cases.services.progress import close_case, mark_duplicate, triage_case
from simpul.cases.services.referral_links import issue_link
from simpul.cases.services.referrals import send_referral
from simpul.cases.services.retention import end_retention, set_retention
from simpul.cases.services.rights import grant_request
from simpul.cases.services.sight import exclude_person, look_at
from simpul.deadlines.models import Clock
from simpul.kernel.actor import Anonymous
from simpul.kernel.errors import Conflict, Denied, Invalid, NotFound
from simpul.kernel.health import Level
from simpul.kernel.ids import uuid7
from simpul.kernel.refs import RecordRef
from tests.cases.test_consents import ask as consent_of
from tests.cases.test_rights import LATER, adult, shown
from tests.cast import Cast
from tests.factories.cases import MAKER, NOW, make_case, victim_of
from tests.factories.complaints import VILLAGE, VIOLENCE, complain_with_receipt, works_in
from tests.factories.referrals import make_draft, make_referral
from tests.marks import audits, denies

WORDS = "Saya dipukul."
DAY = timedelta(days=1)
ENDED = date(2025, 3, 3)


def closed(cast: Cast, **more: object) -> Case:
    """Ended on 3 March 2025; of social protection, so kept until 3 March 2028."""
    case = make_case(cast.lentera, victim={"name": "Warga Contoh", "age_stated": 30}, **more)  # type: ignore[arg-type]
    triage_case(MAKER, case, risk="RK.R", authority="village", now=NOW)
    return close_case(MAKER, Case.objects.get(pk=case.pk), outcome="met", now=NOW)


def full_case(cast: Cast) -> tuple[Case, Complaint]:
    """From a complaint with its conversation; with need, service, referral with a link, a look, a clash."""
    area = works_in(cast.lentera, VILLAGE)
    complaint, _digits, secret = complain_with_receipt(VIOLENCE, name="Inaq Contoh", phone="0800-000-0002", now=NOW)
    write_to_desk(Anonymous(), secret, id=uuid7(), words=WORDS, now=NOW)
    words, types = "Kami temani.", ["K.F"]
    made = open_case_from_complaint(MAKER, complaint, area=area, types=types, words=words, now=NOW)
    case = Case.objects.select_related("area", "owner_organisation").get(pk=made.pk)
    victim = victim_of(case)
    details = {"name": WORDS, "nik": "9903994107640001", "birth_date": date(2010, 5, 1), "sex": "P"}
    correct_party(MAKER, victim, details, seen=99, now=NOW)
    correct_party(MAKER, victim, {"name": "Nama Lain"}, seen=0, now=NOW)
    add_need(MAKER, victim, kind="SV.01", time_frame="now", now=NOW)
    provide_service(MAKER, victim, kind="SV.01", provided_on=ENDED, result="done", note=WORDS, now=NOW)
    referral = make_referral(cast, case=case, party=Party.objects.get(pk=victim.pk))
    issue_link(MAKER, referral, now=NOW)
    look_at(cast.budi.actor, case.pk, page="cases:case", now=NOW)
    return case, complaint


def rows_of_cases() -> dict[str, int]:
    """Table -> how many rows, of all tables of cases that hold any."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith("cases_"):
                cursor.execute(f'SELECT count(*) FROM "{table}"')
                found[table] = cursor.fetchone()[0]
    return {table: rows for table, rows in found.items() if rows}


def test_r8_erasing_leaves_a_tombstone_and_nothing_else(cast: Cast) -> None:
    case, complaint = full_case(cast)
    assert {"cases_fieldclash", "cases_opening", "cases_referrallink", "cases_complaintmessage"} <= set(rows_of_cases())
    erase_case(cast.budi.actor, case, ground="asked", now=LATER)
    # What the group has given numbers, and how fast receipts were tried, is of nobody; nor is what figures count.
    counted = {"cases_countedvictim", "cases_countedtype"}
    assert set(rows_of_cases()) - {"cases_receiptpace"} == {"cases_casetombstone", "cases_caseseries", *counted}
    stone = CaseTombstone.objects.get()
    assert (stone.pk, stone.area_id, stone.branch, stone.received_on) == (
        case.pk, case.area_id, "violence", case.received_on,
    )  # fmt: skip
    assert stone.victims == [{"types": ["K.F"], "sex": "P", "age_band": "12-17", "disability": ""}]
    assert not Clock.objects.filter(about_id=case.pk).exists()
    journal = set(Erasure.objects.values_list("ref_kind", "ref_id"))
    assert {("cases.case", case.pk), ("cases.complaint", complaint.pk)} <= journal
    erase_case(cast.budi.actor, case, ground="asked", now=LATER)
    assert CaseTombstone.objects.count() == 1


def test_r8_what_was_erased_is_erased_again_after_a_restore(cast: Cast) -> None:
    case = make_case(cast.lentera)
    ref = RecordRef("cases.case", case.pk)
    assert erase_again([ref, ref]) == (1, [])
    assert erase_again([ref]) == (0, [])
    assert CaseTombstone.objects.get().ground == "again"


def test_erasing_reaches_what_was_entered_twice(cast: Cast) -> None:
    first, second = make_case(cast.lentera), make_case(cast.lentera)
    mark_duplicate(MAKER, second, of=first, now=NOW)
    erase_case(cast.budi.actor, Case.objects.get(pk=second.pk), ground="mistake", now=LATER)
    assert not Case.objects.exists()
    assert CaseTombstone.objects.count() == 2


@pytest.mark.parametrize("stays", ["first", "second"])
@pytest.mark.parametrize("held", [False, True])
def test_erasing_neither_tells_of_a_double_that_is_hidden_nor_takes_it_along(
    cast: Cast, stays: str, held: bool
) -> None:
    """As if it were not there: whoever it is hidden from could else learn of it, or make it vanish."""
    cases = [make_case(cast.lentera), make_case(cast.lentera)]
    hidden, seen = cases if stays == "first" else cases[::-1]
    mark_duplicate(MAKER, cases[1], of=cases[0], now=NOW)
    exclude_person(MAKER, hidden, cast.budi.person, now=NOW)  # type: ignore[arg-type]
    if held:
        hold_case(MAKER, hidden, reason="Perkara", now=NOW)
    erase_case(cast.budi.actor, Case.objects.get(pk=seen.pk), ground="asked", now=LATER)
    left = Case.objects.get()
    assert (left.pk, left.duplicate_of, left.legal_hold) == (hidden.pk, None, held)
    assert CaseTombstone.objects.get().pk == seen.pk


def test_a_request_for_erasure_stays_without_anybody_in_it(cast: Cast) -> None:
    party = adult(cast)
    request = grant_request(cast.budi.actor, shown(cast, "erasure", party), now=LATER)
    assert (request.case_id, request.party_id, request.applicant, request.answer) == (None, None, None, "given")
    assert not Party.objects.exists()


def test_r8_a_legal_hold_stops_erasing_and_the_end_of_keeping(cast: Cast) -> None:
    case = closed(cast)
    hold = hold_case(cast.budi.actor, case, reason="Perkara di pengadilan", now=NOW)
    assert Case.objects.get().legal_hold
    for erased in (
        lambda: erase_case(cast.budi.actor, case, ground="asked", now=LATER),
        lambda: grant_request(cast.budi.actor, shown(cast, "erasure", victim_of(case)), now=LATER),
    ):
        with pytest.raises(Conflict) as refused:
            erased()
        assert refused.value.code == "legal_hold"
    for later in (365 * 10, 365 * 11):
        assert end_retention(MAKER, now=NOW + later * DAY) == 0
    assert RightsRequest.objects.get().answer == ""
    release_case(cast.budi.actor, hold, now=LATER)
    assert not Case.objects.get().legal_hold
    erase_case(cast.budi.actor, case, ground="asked", now=LATER)
    assert not Case.objects.exists()


def test_a_hold_that_its_case_does_not_repeat_is_reported(cast: Cast) -> None:
    case = closed(cast)
    hold_case(cast.budi.actor, case, reason="Perkara", now=NOW)
    assert [found.level for found in holds_are_repeated(NOW)] == [Level.OK]
    Case.objects.filter(pk=case.pk).update(legal_hold=False)
    assert [found.level for found in holds_are_repeated(NOW)] == [Level.FAIL]
    LegalHold.objects.update(lifted_at=NOW)
    assert [found.level for found in holds_are_repeated(NOW)] == [Level.OK]
    Case.objects.filter(pk=case.pk).update(legal_hold=True)
    assert [found.level for found in holds_are_repeated(NOW)] == [Level.FAIL]


def test_an_open_referral_says_why_its_consent_no_longer_stands(cast: Cast) -> None:
    draft = make_draft(cast)
    consent = consent_of(draft.party, purposes=[refer_to(draft.service_point_id)])
    sent = send_referral(MAKER, draft, basis="consent", now=NOW)
    referral = referral_for(cast.budi.actor, sent.pk, now=NOW)
    assert lost_consent(referral, now=NOW) == ""
    over = datetime.combine(consent.expires_on, time(12), UTC)
    assert lost_consent(referral, now=over) == "expired"
    withdraw_consent(cast.budi.actor, consent, capacity="self", now=LATER)
    assert lost_consent(referral_for(cast.budi.actor, referral.pk, now=LATER), now=LATER) == "withdrawn"


def test_a_restricted_case_is_kept_and_not_used(cast: Cast) -> None:
    referral = make_referral(cast)
    case, victim = referral.case, referral.party
    assert letters_for_office(cast.citra.actor, now=LATER).exists()
    restriction = restrict_case(cast.budi.actor, case, reason="Ia meminta", now=NOW)
    assert not letters_for_office(cast.citra.actor, now=LATER).exists()
    for used in (
        lambda: add_need(MAKER, victim, kind="SV.01", time_frame="now", now=NOW),
        lambda: provide_service(MAKER, victim, kind="SV.01", provided_on=ENDED, result="done", now=NOW),
        lambda: add_party(MAKER, case, role="reporter", details={}, now=NOW),
        lambda: make_referral(cast, case=case, party=victim),
        lambda: issue_link(MAKER, referral, now=NOW),
    ):
        with pytest.raises(Conflict) as refused:
            used()
        assert refused.value.code == "restricted"
    correct_party(MAKER, victim, {"alias": "A"}, seen=99, now=NOW)
    lift_restriction(cast.budi.actor, restriction, reason="Ia setuju lagi", now=LATER)
    assert letters_for_office(cast.citra.actor, now=LATER).exists()
    add_need(MAKER, victim, kind="SV.01", time_frame="now", now=LATER)


def test_keeping_ends_by_the_rule_in_force_and_by_extensions(cast: Cast) -> None:
    case = closed(cast)
    assert kept_until(case, on=ENDED) == date(2028, 3, 3)
    set_retention(
        cast.budi.actor, cast.lentera, kept="social", months=6, basis="Rapat kelompok", valid_from=date(2026, 1, 1),
        now=NOW,
    )  # fmt: skip
    assert kept_until(case, on=date(2025, 12, 31)) == date(2028, 3, 3)
    assert kept_until(case, on=date(2026, 1, 1)) == date(2025, 9, 3)
    extend_keeping(cast.budi.actor, case, until=date(2027, 1, 1), reason="Masih ditanyakan", now=NOW)
    assert kept_until(case, on=date(2026, 1, 1)) == date(2027, 1, 1)
    assert kept_until(make_case(cast.lentera), on=ENDED) is None


def test_nothing_goes_without_a_warning_of_thirty_days(cast: Cast) -> None:
    case = closed(cast)
    late = NOW + 5 * 365 * DAY
    assert end_retention(MAKER, now=NOW) == 0
    assert not RetentionWarning.objects.exists()
    for hours in (0, 1):
        assert end_retention(MAKER, now=late + timedelta(hours=hours)) == 0
    assert RetentionWarning.objects.count() == 1
    assert end_retention(MAKER, now=late + 29 * DAY) == 0
    assert end_retention(MAKER, now=late + 30 * DAY) == 1
    assert not Case.objects.exists()
    stone = CaseTombstone.objects.get()
    assert (stone.pk, stone.ground, stone.outcome, stone.closed_on) == (case.pk, "retention", "met", ENDED)


def test_one_that_is_kept_longer_after_the_warning_stays(cast: Cast) -> None:
    case = closed(cast)
    late = NOW + 5 * 365 * DAY
    end_retention(MAKER, now=late)
    extend_keeping(cast.budi.actor, case, until=date(2031, 1, 1), reason="Masih ditanyakan", now=late)
    assert end_retention(MAKER, now=late + 40 * DAY) == 0
    assert Case.objects.exists()


@audits(restrict_case, lift_restriction, hold_case, release_case, extend_keeping, erase_case)
@audits(set_retention, end_retention)
def test_what_becomes_of_a_case_is_recorded_once(cast: Cast) -> None:
    budi, case, one = cast.budi.actor, closed(cast), uuid7()
    before = set(Act.objects.values_list("pk", flat=True))
    for _ in range(2):
        restriction = restrict_case(budi, case, reason="Rahasia", now=NOW)
        hold = hold_case(budi, case, reason="Rahasia", now=NOW)
        extend_keeping(budi, case, until=date(2025, 12, 1), reason="Rahasia", now=NOW, id=one)
        set_retention(budi, cast.lentera, kept="social", months=1, basis="Rapat", valid_from=ENDED, now=NOW, id=one)
    for _ in range(2):
        lift_restriction(budi, restriction, reason="Rahasia", now=NOW)
        release_case(budi, hold, now=NOW)
    assert (Restriction.objects.count(), LegalHold.objects.count(), RetentionRule.objects.count()) == (1, 1, 1)
    end_retention(MAKER, now=NOW + 365 * DAY)
    end_retention(MAKER, now=NOW + 400 * DAY)
    acts = Act.objects.exclude(pk__in=before).filter(act__startswith="cases.").order_by("id")
    assert list(acts.values_list("act", flat=True)) == [
        "cases.restrict_case", "cases.hold_case", "cases.extend_keeping", "cases.set_retention",
        "cases.lift_restriction", "cases.release_case", "cases.warn_of_retention", "cases.erase_case",
    ]  # fmt: skip
    assert "Rahasia" not in str(list(acts.values()))


@denies(restrict_case, lift_restriction, hold_case, release_case, extend_keeping, erase_case)
@denies(set_retention, end_retention)
def test_who_may_not_decide_on_keeping_changes_nothing(cast: Cast) -> None:
    case = closed(cast)
    restriction = restrict_case(MAKER, case, reason="Ia meminta", now=NOW)
    hold = hold_case(MAKER, case, reason="Perkara", now=NOW)
    for who, error in ((cast.ani, Denied), (cast.hasan, NotFound), (cast.dewi, NotFound), (cast.joko, NotFound)):
        for step in (
            lambda a: restrict_case(a, case, reason="X", now=NOW),
            lambda a: lift_restriction(a, restriction, reason="X", now=NOW),
            lambda a: hold_case(a, case, reason="X", now=NOW),
            lambda a: release_case(a, hold, now=NOW),
            lambda a: extend_keeping(a, case, until=date(2030, 1, 1), reason="X", now=NOW),
            lambda a: erase_case(a, case, ground="asked", now=NOW),
        ):
            with pytest.raises(error):
                step(who.actor)
        with pytest.raises(Denied):
            set_retention(who.actor, cast.lentera, kept="social", months=1, basis="X", valid_from=ENDED, now=NOW)
        with pytest.raises(Denied):
            end_retention(who.actor, now=NOW)
    assert Case.objects.filter(pk=case.pk, legal_hold=True).exists()


def test_keeping_that_cannot_be_is_refused(cast: Cast) -> None:
    case = closed(cast)
    rule = {"kept": "social", "months": 12, "basis": "Rapat", "valid_from": ENDED, "now": NOW}
    for refused in (
        lambda: extend_keeping(MAKER, case, until=ENDED, reason="X", now=NOW),
        lambda: extend_keeping(MAKER, case, until=date(2030, 1, 1), reason=" ", now=NOW),
        lambda: erase_case(MAKER, case, ground="again", now=NOW),
        lambda: hold_case(MAKER, case, reason="", now=NOW),
        *(
            lambda wrong=wrong: set_retention(MAKER, cast.lentera, **{**rule, **wrong})  # type: ignore[arg-type,misc]
            for wrong in ({"kept": "all"}, {"months": 0}, {"months": 601}, {"basis": ""}, {"source": "x" * 201})
        ),
    ):
        with pytest.raises(Invalid):
            refused()
