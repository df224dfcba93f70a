"""A link for an office without an account, as somebody sees it who should not have it."""

from datetime import timedelta

import pytest

from simpul.audit.models import Act
from simpul.cases.models import ReferralLink
from simpul.cases.queries.referrals import history_of, letter_by_link, link_by_token
from simpul.cases.referral_life import ReferralAct, ReferralStage
from simpul.cases.referral_secrets import OPEN_FOR, WAITS, Bearer
from simpul.cases.services.referral_answers import answer_referral, note_opened
from simpul.cases.services.referral_links import Issued, issue_link, open_link, revoke_link
from simpul.cases.services.referrals import finish_referral, revoke_referral
from simpul.kernel.actor import Anonymous
from simpul.kernel.errors import Conflict, Invalid, NotFound
from simpul.kernel.ids import uuid7
from tests.cast import NAMES, Cast
from tests.factories.cases import NOW
from tests.factories.referrals import HOUR, MAKER, NAME, make_draft, make_referral
from tests.marks import audits, denies
from tests.racing import at_once

LATER = NOW + HOUR
PUBLIC = Anonymous()


def issued(cast: Cast, **more: object) -> Issued:
    return issue_link(cast.budi.actor, make_referral(cast, **more), now=NOW)


def wrong_pin(pin: str) -> str:
    return f"{(int(pin) + 1) % 1_000_000:06}"


@audits(issue_link, open_link)
def test_the_office_answers_by_link(cast: Cast) -> None:
    given = issued(cast)
    bearer = open_link(given.token, pin=given.pin, held_secrets={}, now=NOW)
    letter = letter_by_link(bearer, now=NOW)
    assert letter.shared
    assert letter.shared.open()["name"] == NAME
    note_opened(PUBLIC, letter, bearer=bearer, now=NOW)
    accepted = answer_referral(PUBLIC, letter, act=ReferralAct.ACCEPT, bearer=bearer, now=NOW)
    assert accepted.stage == ReferralStage.ACCEPTED
    assert [said.step.act for said in history_of(letter_by_link(bearer, now=NOW))] == ["send", "accept"]
    acts = set(Act.objects.filter(ref_id=letter.pk).values_list("act", flat=True))
    assert {"cases.issue_link", "cases.open_link", "cases.answer_referral"} <= acts


@denies(issue_link, revoke_link)
@pytest.mark.parametrize("who", sorted(set(NAMES) - {"ani", "budi"}))
def test_only_the_group_issues_and_revokes(cast: Cast, who: str) -> None:
    given = issued(cast)
    with pytest.raises(NotFound):
        issue_link(cast.played[who].actor, given.link.referral, now=NOW)
    with pytest.raises(NotFound):
        revoke_link(cast.played[who].actor, given.link, now=NOW)


@denies(open_link)
def test_a_forwarded_link_without_the_pin_is_worth_nothing(cast: Cast) -> None:
    given = issued(cast)
    with pytest.raises(Invalid, match="wrong"):
        open_link(given.token, pin=wrong_pin(given.pin), held_secrets={}, now=NOW)
    with pytest.raises(Invalid, match="wrong"):
        open_link(given.token + "x", pin=given.pin, held_secrets={}, now=NOW)


def test_a_second_device_gets_nowhere_even_with_the_pin(cast: Cast) -> None:
    given = issued(cast)
    open_link(given.token, pin=given.pin, held_secrets={}, now=NOW)
    for pin in (given.pin, wrong_pin(given.pin)):
        with pytest.raises(Invalid, match="other_device"):
            open_link(given.token, pin=pin, held_secrets={given.link.pk: "somebody-else"}, now=LATER)
    assert ReferralLink.objects.get().wrong == 0


def test_the_same_device_comes_back_with_the_pin(cast: Cast) -> None:
    given = issued(cast)
    bearer = open_link(given.token, pin=given.pin, held_secrets={}, now=NOW)
    with pytest.raises(NotFound):
        letter_by_link(bearer, now=NOW + OPEN_FOR)
    again = open_link(
        given.token, pin=f"{given.pin[:3]} {given.pin[3:]}", held_secrets={given.link.pk: bearer.secret}, now=LATER
    )
    assert again == bearer
    assert letter_by_link(again, now=LATER)


def test_looking_at_it_keeps_it_open(cast: Cast) -> None:
    given = issued(cast)
    bearer = open_link(given.token, pin=given.pin, held_secrets={}, now=NOW)
    soon = NOW + OPEN_FOR - timedelta(minutes=1)
    note_opened(PUBLIC, letter_by_link(bearer, now=soon), bearer=bearer, now=soon)
    assert letter_by_link(bearer, now=NOW + OPEN_FOR)


def test_guessing_is_slowed_then_locked_and_reissued(cast: Cast) -> None:
    given, now = issued(cast), NOW
    for wait in WAITS:
        with pytest.raises(Invalid, match="wrong"):
            open_link(given.token, pin=wrong_pin(given.pin), held_secrets={}, now=now)
        if wait:
            with pytest.raises(Invalid, match="wait"):
                open_link(given.token, pin=given.pin, held_secrets={}, now=now + wait - timedelta(seconds=1))
        now += wait
    with pytest.raises(Invalid, match="wrong"):
        open_link(given.token, pin=wrong_pin(given.pin), held_secrets={}, now=now)
    with pytest.raises(Invalid, match="locked"):
        open_link(given.token, pin=given.pin, held_secrets={}, now=now + timedelta(days=30))
    assert Act.objects.filter(act="cases.lock_link").count() == 1
    again = issue_link(cast.budi.actor, given.link.referral, now=LATER)
    assert open_link(again.token, pin=again.pin, held_secrets={}, now=LATER)


@audits(revoke_link)
def test_a_revoked_link_answers_as_one_that_never_was(cast: Cast) -> None:
    given = issued(cast)
    bearer = open_link(given.token, pin=given.pin, held_secrets={}, now=NOW)
    revoke_link(cast.budi.actor, given.link, now=NOW)
    answers = set()
    for token in (given.token, "never-issued"):
        with pytest.raises(Invalid) as refused:
            open_link(token, pin=given.pin, held_secrets={given.link.pk: bearer.secret}, now=NOW)
        answers.add((refused.value.code, str(refused.value.message)))
    assert len(answers) == 1
    with pytest.raises(NotFound):
        letter_by_link(bearer, now=NOW)
    with pytest.raises(NotFound):
        answer_referral(PUBLIC, given.link.referral, act=ReferralAct.ACCEPT, bearer=bearer, now=NOW)
    assert Act.objects.filter(act="cases.revoke_link").count() == 1


@pytest.mark.parametrize("end", ["revoke", "finish", "refuse"])
def test_a_link_closes_with_its_referral(cast: Cast, end: str) -> None:
    given = issued(cast)
    referral = given.link.referral
    bearer = open_link(given.token, pin=given.pin, held_secrets={}, now=NOW)
    if end == "revoke":
        revoke_referral(cast.budi.actor, referral, reason="Batal.", now=NOW)
    elif end == "refuse":
        answer_referral(PUBLIC, referral, act=ReferralAct.REFUSE, words="Penuh.", bearer=bearer, now=NOW)
    else:
        answer_referral(PUBLIC, referral, act=ReferralAct.ACCEPT, bearer=bearer, now=NOW)
        finish_referral(cast.budi.actor, referral, now=NOW)
    with pytest.raises(NotFound):
        letter_by_link(bearer, now=NOW)
    with pytest.raises(Invalid, match="wrong"):
        open_link(given.token, pin=given.pin, held_secrets={given.link.pk: bearer.secret}, now=NOW)


def test_a_link_opens_its_own_letter_alone(cast: Cast) -> None:
    mine, other = issued(cast), make_referral(cast)
    bearer = open_link(mine.token, pin=mine.pin, held_secrets={}, now=NOW)
    with pytest.raises(NotFound):
        answer_referral(PUBLIC, other, act=ReferralAct.ACCEPT, bearer=bearer, now=NOW)
    for forged in (Bearer(uuid7(), bearer.secret), Bearer(bearer.link_id, "x")):
        with pytest.raises(NotFound):
            letter_by_link(forged, now=NOW)


def test_only_hmacs_are_stored(cast: Cast) -> None:
    given = issued(cast)
    bearer = open_link(given.token, pin=given.pin, held_secrets={}, now=NOW)
    stored = " ".join(str(value) for value in ReferralLink.objects.values_list().get())
    assert not [secret for secret in (given.token, given.pin, bearer.secret) if secret in stored]


def test_a_new_link_ends_the_one_before(cast: Cast) -> None:
    first = issued(cast)
    second = issue_link(cast.budi.actor, first.link.referral, now=LATER)
    with pytest.raises(Invalid, match="wrong"):
        open_link(first.token, pin=first.pin, held_secrets={}, now=LATER)
    assert link_by_token(cast.budi.actor, second.link.referral, second.token, now=LATER) == second.link
    with pytest.raises(NotFound):
        link_by_token(cast.budi.actor, second.link.referral, first.token, now=LATER)


def test_nothing_is_issued_before_it_is_sent(cast: Cast) -> None:
    with pytest.raises(Conflict, match="not_sent"):
        issue_link(cast.budi.actor, make_draft(cast), now=NOW)


@pytest.mark.parametrize(
    ("types", "carried", "prints"),
    [(["K.F"], False, False), (["PA.2"], False, False), (["K.F"], True, True), (["AD.1"], False, True)],
)
def test_a_letter_of_violence_is_carried_only_by_choice(
    cast: Cast, types: list[str], carried: bool, prints: bool
) -> None:
    referral = make_referral(cast, types=types, carried=carried)
    if prints:
        assert issue_link(MAKER, referral, printed=True, now=NOW).link.printed
    else:
        with pytest.raises(Invalid, match="carried"):
            issue_link(MAKER, referral, printed=True, now=NOW)


@pytest.mark.racing
def test_of_two_devices_the_first_one_is_bound(raced: None, stage: object) -> None:
    cast: Cast = stage.set_up()  # type: ignore[attr-defined]
    given = issued(cast)
    ends = at_once(*[lambda: open_link(given.token, pin=given.pin, held_secrets={}, now=NOW)] * 3)
    assert sorted(type(end).__name__ for end in ends) == ["Bearer", "Invalid", "Invalid"]


@pytest.mark.racing
def test_many_guesses_at_once_are_no_more_than_one_after_another(raced: None, stage: object) -> None:
    cast: Cast = stage.set_up()  # type: ignore[attr-defined]
    given = issued(cast)
    guesses = [wrong_pin(given.pin)] * 8
    at_once(*[lambda pin=pin: open_link(given.token, pin=pin, held_secrets={}, now=NOW) for pin in guesses])  # type: ignore[misc]
    assert ReferralLink.objects.get().wrong <= 2
