"""A person is referred, and the referral comes back: answered, refused, or known as unanswered."""

from datetime import datetime, time, timedelta

import pytest

from simpul.audit.models import Act
from simpul.cases.consent_kinds import Basis, refer_to
from simpul.cases.models import Consent, Referral, ReferralRecipient
from simpul.cases.queries.referrals import (
    history_of,
    letter_by_link,
    letter_for_office,
    letters_for_office,
    open_referrals_for,
    referral_for,
    referrals_of,
)
from simpul.cases.referral_life import ANSWER, OFFICE_ACTS, REFERRAL_LIFE, ReferralAct, ReferralStage
from simpul.cases.referral_notices import ANSWERED, ARRIVED, UNANSWERED
from simpul.cases.services.consents import give_consent, withdraw_consent
from simpul.cases.services.helping import add_need
from simpul.cases.services.progress import move_case
from simpul.cases.services.referral_answers import answer_referral, note_opened, note_unanswered
from simpul.cases.services.referral_links import issue_link, open_link
from simpul.cases.services.referrals import draft_referral, finish_referral, revoke_referral, send_referral
from simpul.cases.services.sight import assign_companion, exclude_person
from simpul.deadlines.models import Clock
from simpul.deadlines.services import check_clocks
from simpul.kernel.actor import Anonymous, System
from simpul.kernel.errors import Conflict, Denied, Invalid, NotFound
from simpul.kernel.ids import uuid7
from simpul.kernel.time import Zone
from simpul.notices.models import Recipient
from simpul.organisations.models import ServicePoint
from tests.cast import NAMES, Cast
from tests.factories.cases import NOW, victim_of
from tests.factories.referrals import (
    ADDRESS,
    HOUR,
    MAKER,
    NAME,
    PHONE,
    make_draft,
    make_matter,
    make_office,
    make_referral,
)
from tests.marks import audits, denies
from tests.racing import at_once

LATER = NOW + HOUR
PLATFORM = System("cases")
GROUP = {"ani", "budi"}


def answer(cast: Cast, referral: Referral, act: str, words: str = "Baik.") -> Referral:
    return answer_referral(cast.citra.actor, referral, act=act, words=words, now=LATER)


def told(kind: str) -> set[object]:
    return set(Recipient.objects.filter(notice__kind=kind).values_list("user_id", flat=True))


@audits(draft_referral)
def test_a_draft_is_with_nobody(cast: Cast) -> None:
    referral = make_draft(cast)
    assert referral.stage == ReferralStage.DRAFT
    assert not letters_for_office(cast.citra.actor, now=LATER).exists()
    assert not Clock.objects.exists()
    assert not told(ARRIVED)
    assert Act.objects.filter(act="cases.draft_referral", ref_id=referral.pk).exists()


@audits(send_referral)
def test_the_office_is_told_and_the_clock_of_its_answer_runs(cast: Cast) -> None:
    referral = make_referral(cast)
    assert told(ARRIVED) == {cast.citra.user.pk}  # type: ignore[union-attr]
    clock = Clock.objects.get(about_kind="cases.referral", about_id=referral.pk)
    assert clock.due_at - NOW > timedelta(days=5)
    assert letter_for_office(cast.citra.actor, referral.pk, now=LATER) == referral
    assert Act.objects.filter(act="cases.send_referral", ref_id=referral.pk).exists()


def test_the_office_sees_what_was_agreed_and_nothing_else(cast: Cast) -> None:
    referral = make_referral(cast, fields=["name", "phone"])
    shared = letter_for_office(cast.citra.actor, referral.pk, now=LATER).shared
    assert shared
    # R9: never a number without how it may be called.
    assert shared.open() == {"name": NAME, "phone": {"number": PHONE, "safe_to_call": False}}
    assert ADDRESS not in str(shared.open())


def test_what_was_sent_stays_as_it_was(cast: Cast) -> None:
    referral = make_referral(cast, fields=["name"])
    party = referral.party
    party.name = "Nama lain"
    party.save()
    shared = letter_for_office(cast.citra.actor, referral.pk, now=LATER).shared
    assert shared
    assert shared.open() == {"name": NAME}


def test_without_consent_a_referral_fails(cast: Cast) -> None:
    """R4."""
    referral = make_draft(cast)
    with pytest.raises(Conflict, match="consent_missing"):
        send_referral(cast.budi.actor, referral, basis=Basis.CONSENT, now=NOW)
    referral.refresh_from_db()
    assert (referral.stage, referral.shared) == (ReferralStage.DRAFT, None)


def agree(referral: Referral, *, to: ServicePoint | None = None) -> Consent:
    return give_consent(
        MAKER,
        referral.party,
        capacity="self",
        purposes=[refer_to((to or referral.service_point).pk)],
        language="sas",
        manner="spoken",
        witness="Ibu Kader",
        expires_on=NOW.date() + timedelta(days=365),
        now=NOW,
    )


def test_with_consent_to_this_office_it_goes(cast: Cast) -> None:
    """R4."""
    referral = make_draft(cast)
    consent = agree(referral)
    sent = send_referral(cast.budi.actor, referral, basis=Basis.CONSENT, now=NOW)
    assert sent.legal_basis
    assert sent.legal_basis.consent == consent
    sent.case.refresh_from_db()
    assert sent.case.stage == "received"  # nobody refers what was not even sorted; the case stays where it stands


def test_consent_to_another_office_is_none(cast: Cast) -> None:
    referral = make_draft(cast)
    agree(referral, to=make_office(cast))
    with pytest.raises(Conflict, match="consent_missing"):
        send_referral(cast.budi.actor, referral, basis=Basis.CONSENT, now=NOW)


def test_withdrawing_consent_closes_it_at_once(cast: Cast) -> None:
    referral = make_draft(cast)
    consent = agree(referral)
    send_referral(cast.budi.actor, referral, basis=Basis.CONSENT, now=NOW)
    given = issue_link(cast.budi.actor, referral, now=NOW)
    bearer = open_link(given.token, pin=given.pin, held_secrets={}, now=NOW)
    withdraw_consent(cast.budi.actor, consent, capacity="self", now=NOW)
    assert not letters_for_office(cast.citra.actor, now=LATER).exists()
    with pytest.raises(NotFound):
        letter_for_office(cast.citra.actor, referral.pk, now=LATER)
    with pytest.raises(NotFound):
        letter_by_link(bearer, now=NOW)
    with pytest.raises(Invalid, match="wrong"):
        open_link(given.token, pin=given.pin, held_secrets={bearer.link_id: bearer.secret}, now=NOW)


def test_an_expired_consent_closes_it_as_a_withdrawn_one(cast: Cast) -> None:
    referral = make_draft(cast)
    consent = agree(referral)
    send_referral(cast.budi.actor, referral, basis=Basis.CONSENT, now=NOW)
    given = issue_link(cast.budi.actor, referral, now=NOW)
    ends = datetime.combine(consent.expires_on, time(), Zone.WITA.info)
    before, after = ends - timedelta(hours=3), ends
    assert letter_for_office(cast.citra.actor, referral.pk, now=before) == referral
    bearer = open_link(given.token, pin=given.pin, held_secrets={}, now=before)
    assert not letters_for_office(cast.citra.actor, now=after).exists()
    with pytest.raises(NotFound):
        letter_for_office(cast.citra.actor, referral.pk, now=after)
    with pytest.raises(NotFound):
        letter_by_link(bearer, now=after)
    with pytest.raises(NotFound):
        answer_referral(cast.citra.actor, referral, act="acknowledge", now=after)
    with pytest.raises(Invalid, match="wrong"):
        open_link(given.token, pin=given.pin, held_secrets={bearer.link_id: bearer.secret}, now=after)


def test_a_sorted_case_stands_at_referred(cast: Cast) -> None:
    case = make_matter(cast)
    move_case(MAKER, case, act="triage", now=NOW)
    make_referral(cast, case=case)
    case.refresh_from_db()
    assert case.stage == "referred"


def test_finishing_a_referral_meets_its_need(cast: Cast) -> None:
    case = make_matter(cast)
    party = victim_of(case)
    need = add_need(MAKER, party, kind="SV.08", time_frame="week", now=NOW)
    referral = make_referral(cast, case=case, need=need)
    answer(cast, referral, ReferralAct.ACCEPT)
    finish_referral(cast.budi.actor, referral, now=LATER)
    need.refresh_from_db()
    assert need.implemented_at == LATER


def test_a_refused_referral_leaves_the_need_open(cast: Cast) -> None:
    case = make_matter(cast)
    need = add_need(MAKER, victim_of(case), kind="SV.08", time_frame="week", now=NOW)
    answer(cast, make_referral(cast, case=case, need=need), ReferralAct.REFUSE, "Penuh.")
    need.refresh_from_db()
    assert need.implemented_at is None


def test_danger_to_life_needs_words_and_nobodys_permission(cast: Cast) -> None:
    case = make_matter(cast)
    assign_companion(cast.budi.actor, case, cast.ani.person, now=NOW)  # type: ignore[arg-type]
    referral = make_draft(cast, case=case)
    with pytest.raises(Invalid, match="reason"):
        send_referral(cast.ani.actor, referral, basis=Basis.VITAL_INTEREST, now=NOW)
    sent = send_referral(cast.ani.actor, referral, basis=Basis.VITAL_INTEREST, reason="Diancam parang.", now=NOW)
    assert sent.legal_basis
    assert sent.legal_basis.reason
    assert sent.legal_basis.reason.open() == "Diancam parang."


def test_an_override_is_a_permission_with_a_reason_that_shows(cast: Cast) -> None:
    case = make_matter(cast)
    assign_companion(cast.budi.actor, case, cast.ani.person, now=NOW)  # type: ignore[arg-type]
    referral = make_draft(cast, case=case)
    with pytest.raises(Denied):
        send_referral(cast.ani.actor, referral, basis=Basis.OVERRIDE, reason="Perlu.", now=NOW)
    with pytest.raises(Invalid, match="reason"):
        send_referral(cast.budi.actor, referral, basis=Basis.OVERRIDE, now=NOW)
    send_referral(cast.budi.actor, referral, basis=Basis.OVERRIDE, reason="Tidak sadar.", now=NOW)
    act = Act.objects.get(act="cases.send_referral", ref_id=referral.pk)
    assert act.details["basis"] == "override"
    assert "sadar" not in str(act.details)


@denies(draft_referral, send_referral, revoke_referral, finish_referral)
@pytest.mark.parametrize("who", sorted(set(NAMES) - GROUP))
def test_only_the_group_refers(cast: Cast, who: str) -> None:
    case, actor = make_matter(cast), cast.played[who].actor
    draft, sent = make_draft(cast), make_referral(cast)
    with pytest.raises(NotFound):
        draft_referral(actor, case, victim_of(case), make_office(cast), request="x", fields=[], now=NOW)
    with pytest.raises(NotFound):
        send_referral(actor, draft, basis=Basis.VITAL_INTEREST, reason="x", now=NOW)
    with pytest.raises(NotFound):
        revoke_referral(actor, sent, reason="x", now=NOW)
    with pytest.raises(NotFound):
        finish_referral(actor, sent, now=NOW)
    for read in (referral_for,):
        with pytest.raises(NotFound):
            read(actor, sent.pk, now=NOW)
    assert not referrals_of(actor, case, now=NOW).exists()
    assert not open_referrals_for(actor, now=NOW).exists()


@denies(answer_referral, note_opened)
@pytest.mark.parametrize("who", sorted(set(NAMES) - {"citra"}))
def test_only_the_office_answers(cast: Cast, who: str) -> None:
    sent, actor = make_referral(cast), cast.played[who].actor
    with pytest.raises(NotFound):
        answer_referral(actor, sent, act=ReferralAct.ACCEPT, now=NOW)
    with pytest.raises(NotFound):
        note_opened(actor, sent, now=NOW)
    with pytest.raises(NotFound):
        letter_for_office(actor, sent.pk, now=LATER)


def test_an_officer_from_whom_it_is_hidden_sees_no_letter(cast: Cast) -> None:
    case = make_matter(cast)
    exclude_person(cast.budi.actor, case, cast.citra.person, now=NOW, reason="Ipar")  # type: ignore[arg-type]
    referral = make_referral(cast, case=case)
    assert not letters_for_office(cast.citra.actor, now=LATER).exists()
    assert not told(ARRIVED)
    with pytest.raises(NotFound):
        answer(cast, referral, ReferralAct.ACCEPT)


@audits(answer_referral)
def test_it_is_accepted_worked_on_and_comes_back(cast: Cast) -> None:
    referral = make_referral(cast)
    answer(cast, referral, ReferralAct.ACKNOWLEDGE, "")
    answer(cast, referral, ReferralAct.ACCEPT, "")
    answer(cast, referral, ReferralAct.PROGRESS, "Dijadwalkan Senin.")
    fed = answer(cast, referral, ReferralAct.FEED_BACK, "Sudah didampingi.")
    assert fed.stage == ReferralStage.FED_BACK
    assert [said.words for said in history_of(referral_for(cast.budi.actor, fed.pk, now=LATER))][
        -1
    ] == "Sudah didampingi."
    assert told(ANSWERED) == {cast.budi.user.pk}  # type: ignore[union-attr]
    clock = Clock.objects.get(about_id=referral.pk)
    assert (clock.decision, clock.breached_at) == ("accept", None)
    done = finish_referral(cast.budi.actor, fed, now=LATER)
    assert done.stage == ReferralStage.DONE
    assert finish_referral(cast.budi.actor, fed, now=LATER) == done
    assert Act.objects.filter(act="cases.answer_referral", ref_id=referral.pk).count() == 4


def test_it_is_refused_with_a_reason(cast: Cast) -> None:
    referral = make_referral(cast)
    with pytest.raises(Conflict, match="reason_needed"):
        answer(cast, referral, ReferralAct.REFUSE, " ")
    refused = answer(cast, referral, ReferralAct.REFUSE, "Di luar wilayah.")
    assert refused.ended_at == LATER
    assert not letters_for_office(cast.citra.actor, now=LATER).exists()
    with pytest.raises(NotFound):
        letter_for_office(cast.citra.actor, referral.pk, now=LATER)


def test_a_referral_back_is_an_answer_with_words(cast: Cast) -> None:
    referral = make_referral(cast)
    answer(cast, referral, ReferralAct.ACCEPT)
    back = answer(cast, referral, ReferralAct.REFER_BACK, "Perlu visum dulu.")
    assert back.stage == ReferralStage.RETURNED


def test_a_referral_is_never_a_transfer(cast: Cast) -> None:
    referral = make_referral(cast)
    answer(cast, referral, ReferralAct.ACCEPT)
    referral.case.refresh_from_db()
    assert referral.case.owner_organisation == cast.lentera


def test_the_same_answer_twice_is_once(cast: Cast) -> None:
    referral, key = make_referral(cast), uuid7()
    for _ in range(2):
        answer_referral(cast.citra.actor, referral, act=ReferralAct.ACCEPT, now=LATER, id=key)
    assert referral.steps.filter(act=ReferralAct.ACCEPT).count() == 1


def test_access_ends_when_no_live_referral_is_left(cast: Cast) -> None:
    case, office = make_matter(cast), make_office(cast)
    first = make_referral(cast, case=case, office=office)
    answer(cast, first, ReferralAct.ACCEPT)
    finish_referral(MAKER, first, now=LATER)
    with pytest.raises(NotFound):
        letter_for_office(cast.citra.actor, first.pk, now=LATER)
    second = make_referral(cast, case=case, office=office)
    assert letter_for_office(cast.citra.actor, first.pk, now=LATER) == first
    answer(cast, second, ReferralAct.REFUSE)
    for one in (first, second):
        with pytest.raises(NotFound):
            letter_for_office(cast.citra.actor, one.pk, now=LATER)


@audits(revoke_referral, finish_referral)
def test_what_is_taken_back_is_gone_from_the_office(cast: Cast) -> None:
    case, office = make_matter(cast), make_office(cast)
    first = make_referral(cast, case=case, office=office)
    revoke_referral(cast.budi.actor, first, reason="Ia berubah pikiran.", now=LATER)
    make_referral(cast, case=case, office=office)  # even where another one is live
    with pytest.raises(NotFound):
        letter_for_office(cast.citra.actor, first.pk, now=LATER)
    assert Act.objects.filter(act="cases.revoke_referral", ref_id=first.pk).exists()
    second = Referral.objects.get(ended_at=None)
    answer(cast, second, ReferralAct.ACCEPT)
    finish_referral(MAKER, second, now=LATER)
    assert Act.objects.filter(act="cases.finish_referral", ref_id=second.pk).exists()


def test_one_referral_to_an_office_is_open_at_a_time(cast: Cast) -> None:
    case, office = make_matter(cast), make_office(cast)
    make_draft(cast, case=case, office=office)
    with pytest.raises(Conflict, match="referred_already"):
        make_draft(cast, case=case, office=office)


@denies(note_unanswered)
@audits(note_unanswered)
def test_unanswered_shows_by_itself_and_is_escalated(cast: Cast) -> None:
    """Five days of the demo's story."""
    referral = make_referral(cast)
    answer(cast, referral, ReferralAct.ACKNOWLEDGE, "")  # saying that it arrived is no answer
    due = Clock.objects.get(about_id=referral.pk).due_at
    check_clocks(PLATFORM, now=due - HOUR)
    assert note_unanswered(PLATFORM, now=due - HOUR) == 0
    check_clocks(PLATFORM, now=due)
    assert note_unanswered(PLATFORM, now=due) == 1
    assert note_unanswered(PLATFORM, now=due) == 0
    referral.refresh_from_db()
    assert referral.stage == ReferralStage.UNANSWERED
    assert told(UNANSWERED) == {cast.budi.user.pk}  # type: ignore[union-attr]
    check_clocks(PLATFORM, now=due + timedelta(days=3))
    assert cast.kartika.user.pk in told("deadlines.passed")  # type: ignore[union-attr]
    assert answer(cast, referral, ReferralAct.ACCEPT).stage == ReferralStage.ACCEPTED
    assert Act.objects.filter(act="cases.expire_referral", ref_id=referral.pk).count() == 1
    with pytest.raises(Denied):
        note_unanswered(cast.budi.actor, now=due)


def test_alerts_reach_nobody_from_whom_the_case_is_hidden(cast: Cast) -> None:
    case = make_matter(cast)
    exclude_person(MAKER, case, cast.budi.person, now=NOW, reason="Kerabat")  # type: ignore[arg-type]
    referral = make_referral(cast, case=case)
    due = Clock.objects.get(about_id=referral.pk).due_at
    check_clocks(PLATFORM, now=due + timedelta(days=9))
    note_unanswered(PLATFORM, now=due + timedelta(days=9))
    assert cast.budi.user.pk not in told(UNANSWERED) | told("deadlines.passed")  # type: ignore[union-attr]


@audits(note_opened)
def test_delivery_is_known_for_each_recipient(cast: Cast) -> None:
    referral = make_referral(cast)
    note_opened(cast.citra.actor, referral, now=LATER)
    note_opened(cast.citra.actor, referral, now=LATER + HOUR)
    answer(cast, referral, ReferralAct.ACCEPT)
    row = ReferralRecipient.objects.get(referral=referral)
    assert (row.user_id, row.opened_at, row.answered_at) == (cast.citra.user.pk, LATER, LATER)  # type: ignore[union-attr]
    assert Act.objects.filter(act="cases.open_referral", ref_id=referral.pk).count() == 2


@pytest.mark.parametrize("act", [ReferralAct.SEND, ReferralAct.REVOKE, ReferralAct.FINISH, "made_up"])
def test_an_office_says_only_what_is_its_to_say(cast: Cast, act: str) -> None:
    with pytest.raises(Invalid, match="act"):
        answer(cast, make_referral(cast), act)


def test_every_act_of_the_table_has_its_hand() -> None:
    assert {row.act for row in REFERRAL_LIFE.transitions if row.permission == ANSWER} == set(OFFICE_ACTS)
    assert REFERRAL_LIFE.reachable == set(ReferralStage.values)


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"fields": ["alleged"]}, "fields"), ({"request": " "}, "request"), ({"request": "x" * 4001}, "too_long")],
)
def test_what_a_draft_may_not_say(cast: Cast, changes: dict[str, object], code: str) -> None:
    with pytest.raises(Invalid, match=code):
        make_draft(cast, **changes)


def test_the_accused_is_never_referred(cast: Cast) -> None:
    """R11."""
    case = make_matter(cast)
    accused = case.parties.create(role="alleged", recorded_at=NOW)
    with pytest.raises(Invalid, match="party"):
        make_draft(cast, case=case, party=accused)


def test_nobody_answers_for_the_public(cast: Cast) -> None:
    with pytest.raises(NotFound):
        answer_referral(Anonymous(), make_referral(cast), act=ReferralAct.ACCEPT, now=NOW)


@pytest.mark.racing
def test_accepting_and_refusing_at_once_is_one_answer(raced: None, stage: object) -> None:
    cast: Cast = stage.set_up()  # type: ignore[attr-defined]
    referral = make_referral(cast)
    ends = at_once(
        lambda: answer(cast, referral, ReferralAct.ACCEPT),
        lambda: answer(cast, referral, ReferralAct.REFUSE, "Penuh."),
    )
    kinds = sorted(type(end).__name__ for end in ends)
    assert kinds in (["Conflict", "Referral"], ["NotFound", "Referral"])
    assert referral.steps.filter(act__in=[ReferralAct.ACCEPT, ReferralAct.REFUSE]).count() == 1
