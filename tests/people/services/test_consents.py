"""What a person has agreed to: appended, withdrawn at once, and never assumed."""

from datetime import date, timedelta

import pytest

from simpul.audit.models import Act
from simpul.kernel.errors import Denied, Invalid
from simpul.people.models import ContactConsent, Person
from simpul.people.services import record_contact_consent, withdraw_contact_consent
from tests.cast import NOW, Cast, Played
from tests.marks import audits, denies

DAY = date(2025, 2, 7)


def agree(cast: Cast, by: Played, *, purpose: str = "directory", channel: str = "in_person") -> ContactConsent:
    assert cast.ani.person is not None
    return record_contact_consent(by.actor, cast.ani.person, purpose=purpose, given_on=DAY, channel=channel, now=NOW)


@audits(record_contact_consent)
def test_one_consent_stands_for_a_purpose(cast: Cast) -> None:
    first = agree(cast, cast.budi)
    assert agree(cast, cast.budi, channel="phone") == first
    assert [(a.act, a.details) for a in Act.objects.all()] == [
        ("people.record_contact_consent", {"purpose": "directory"})
    ]


@audits(withdraw_contact_consent)
def test_a_withdrawal_stands_and_another_consent_may_follow(cast: Cast) -> None:
    first = agree(cast, cast.budi)
    later = NOW + timedelta(days=1)
    assert withdraw_contact_consent(cast.ani.actor, first, now=later).withdrawn_at == later
    assert withdraw_contact_consent(cast.ani.actor, first, now=later + timedelta(days=1)).withdrawn_at == later
    assert Act.objects.filter(act="people.withdraw_contact_consent").count() == 1
    assert agree(cast, cast.ani, channel="account") != first


@denies(record_contact_consent)
@pytest.mark.parametrize("key", ["hasan", "dewi", "citra", "joko", "publik"])
def test_nobody_agrees_for_people_elsewhere(cast: Cast, key: str) -> None:
    with pytest.raises(Denied) as raised:
        agree(cast, getattr(cast, key))
    assert raised.value.permission == "person.manage"


@denies(withdraw_contact_consent)
@pytest.mark.parametrize("key", ["hasan", "dewi", "publik"])
def test_nobody_withdraws_for_people_elsewhere(cast: Cast, key: str) -> None:
    consent = agree(cast, cast.ani, channel="account")
    with pytest.raises(Denied):
        withdraw_contact_consent(getattr(cast, key).actor, consent, now=NOW)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"purpose": "marketing"}, "purpose"),
        ({"channel": "rumour"}, "channel"),
        ({"channel": "account"}, "channel"),  # Budi can't say that Ani was signed in
        ({"given_on": date(2025, 2, 8)}, "given_on"),
    ],
)
def test_bad_input_names_its_field(cast: Cast, given: dict[str, object], code: str) -> None:
    sent = {"purpose": "directory", "given_on": DAY, "channel": "in_person", "now": NOW, **given}
    person = cast.ani.person
    assert isinstance(person, Person)
    with pytest.raises(Invalid) as raised:
        record_contact_consent(cast.budi.actor, person, **sent)  # type: ignore[arg-type]
    assert (raised.value.code, raised.value.field) == (code, code)
