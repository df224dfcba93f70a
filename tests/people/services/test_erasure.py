"""Everything that is kept of a person goes, their id alone stays, and no old backup brings them back."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session as StoredSession
from django.db import connection, transaction

from simpul.access.models import Deputy, Grant
from simpul.access.services import create_personal_token, end_grant, grant_role, name_deputy
from simpul.access.token_scopes import TOKEN_SCOPES
from simpul.accounts import services as accounts
from simpul.accounts.models import ApiToken, AuthenticatorSecret, Device, Method, Passkey, SecondFactor, Session, User
from simpul.accounts.session_store import SessionStore
from simpul.audit.erasers import erase_again
from simpul.audit.journal import journal_path, read
from simpul.audit.models import Act, Erasure
from simpul.audit.services import write_journal
from simpul.kernel.errors import Conflict, Denied, Invalid, NotFound
from simpul.notices.models import Recipient
from simpul.organisations.services.node import open_node
from simpul.people import services
from simpul.people.erasing import Holding, declared
from simpul.people.models import Affiliation, ContactConsent, ContactPoint, Person
from simpul.people.queries import people_for, today
from simpul.search.models import Entry
from tests.accounts.services.test_second_factors import code_at
from tests.cast import BUILDER, Cast
from tests.factories.accounts import make_trusted, member
from tests.marks import audits, denies
from tests.racing import at_once

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
NUMBER = "+6281234567890"


def rohani(cast: Cast) -> Person:
    """A volunteer who left: contacts, an agreement, an account with all that opens it, a role that is over."""
    budi = cast.budi.actor
    user = accounts.create_user(BUILDER, now=NOW, email="rohani@contoh.id", phone=NUMBER, password="lima kata acak ya")
    person = services.register_person(
        budi, organisation=cast.lentera, role="volunteer", name="Rohani Yang Dihapus", birth_year=1980, now=NOW
    )
    services.link_user(BUILDER, person, user, now=NOW)
    person = services.change_contacts(
        budi, Person.objects.get(pk=person.pk), version=person.version, phone=NUMBER, whatsapp="", email="", now=NOW
    )
    services.record_contact_consent(
        budi, person, purpose="directory", given_on=NOW.date() - timedelta(days=1), channel="in_person", now=NOW
    )
    grant = grant_role(budi, person, role="companion", organisation=cast.lentera, reason="Rohani dipilih", now=NOW)
    end_grant(budi, grant, reason="Rohani pindah", now=NOW)
    make_trusted(user)
    store = SessionStore()
    store["dipegang"] = "Rohani"
    store.save()
    accounts.begin_session(user, key=store.session_key or "", method=Method.PASSWORD, now=NOW)
    secret = accounts.begin_totp(member(user), user)
    accounts.confirm_totp(member(user), user, code=code_at(secret, NOW), now=NOW)
    create_personal_token(member(user), user, name="skrip Rohani", scopes=[next(iter(TOKEN_SCOPES))], days=9, now=NOW)
    return Person.objects.get(pk=person.pk)


def erase(cast: Cast, person: Person, **more: Any) -> None:
    services.erase_person(more.pop("actor", cast.budi.actor), person, **{"ground": "asked", "now": NOW, **more})


def everything() -> str:
    """What every table of the database holds, as text."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        rows = []
        for name in names:
            cursor.execute(f'SELECT * FROM "{name}"')
            rows += [repr([bytes(v) if isinstance(v, memoryview) else v for v in row]) for row in cursor.fetchall()]
    return "\n".join(rows)


@audits(services.erase_person)
def test_all_of_a_person_goes_and_acts_keep_the_id(cast: Cast) -> None:
    person = rohani(cast)
    user = person.user
    assert user is not None
    assert "Rohani" in everything()
    own = (Device, Session, ApiToken, SecondFactor, Passkey, Recipient)
    assert {model.__name__ for model in own if model._base_manager.filter(user=user).exists()} >= {"Device", "ApiToken"}
    indexes = list(ContactPoint.objects.filter(person=person).values_list("value_index", flat=True))
    assert indexes
    erase(cast, person)
    left = Person.objects.get(pk=person.pk)
    assert (left.name, left.sort_key, left.birth_year, left.user_id) == ("", "", None, None)
    assert left.erased_at is not None
    assert not User.objects.filter(pk=user.pk).exists()
    for theirs in (Affiliation, ContactConsent, ContactPoint, Grant):
        assert not theirs._base_manager.filter(person=person).exists()
    for model in own:
        assert not model._base_manager.filter(user=user.pk).exists()
    assert (AuthenticatorSecret.objects.count(), StoredSession.objects.count()) == (0, 0)
    held = everything()
    assert [word for word in ("Rohani", "rohani", NUMBER, *indexes) if word in held] == []
    act = Act.objects.get(act="people.erase_person")
    assert (act.ref_id, act.details, act.person_id) == (person.pk, {"ground": "asked"}, cast.budi.actor.person_id)
    assert Act.objects.filter(act="people.register_person", ref_id=person.pk).exists()
    assert not Entry.objects.filter(uuid=person.pk).exists()


def test_once_erased_they_are_out_of_sight_and_stay_so(cast: Cast) -> None:
    person = rohani(cast)
    erase(cast, person)
    erase(cast, person)
    erase(cast, person, actor=cast.hasan.actor)  # nothing to erase, nothing said
    assert Act.objects.filter(act="people.erase_person").count() == 1
    assert not people_for(BUILDER, on=NOW.date()).filter(pk=person.pk).exists()
    assert str(Person.objects.get(pk=person.pk)) == "seseorang yang datanya sudah dihapus"
    for act in (
        lambda: services.affiliate_person(BUILDER, person, organisation=cast.lentera, role="member", now=NOW),
        lambda: grant_role(BUILDER, person, role="companion", organisation=cast.lentera, reason="lagi", now=NOW),
        lambda: services.record_contact_consent(
            BUILDER, person, purpose="directory", given_on=NOW.date(), channel="phone", now=NOW
        ),
    ):
        with pytest.raises((NotFound, Denied)):
            act()


@denies(services.erase_person)
def test_only_who_keeps_them_everywhere_erases_and_nobody_themself(cast: Cast) -> None:
    person = rohani(cast)
    for key in ("ani", "dewi", "joko", "hasan", "publik"):
        with pytest.raises(Denied) as raised:
            erase(cast, person, actor=getattr(cast, key).actor)
        assert raised.value.permission == "person.manage"
    assert cast.budi.person is not None
    with pytest.raises(Denied):
        erase(cast, cast.budi.person)
    services.affiliate_person(BUILDER, person, organisation=cast.other_group, role="member", now=NOW)
    with pytest.raises(Denied):
        erase(cast, person)
    assert Person.objects.get(pk=person.pk).name == "Rohani Yang Dihapus"


def test_who_left_is_erased_by_who_kept_them_last(cast: Cast) -> None:
    person = rohani(cast)
    [row] = Affiliation.objects.filter(person=person, superseded_at=None)
    services.end_affiliation(cast.budi.actor, row, valid_until=today(NOW) + timedelta(days=1), now=NOW)
    later = NOW + timedelta(days=40)
    with pytest.raises(Denied):
        erase(cast, person, actor=cast.hasan.actor, now=later)
    erase(cast, person, now=later)
    assert Person.objects.get(pk=person.pk).erased_at is not None


@pytest.mark.parametrize("why", ["role", "deputy", "complaints", "hold"])
def test_what_somebody_depends_on_is_ended_first(cast: Cast, why: str) -> None:
    person = rohani(cast)
    hold = Holding("tests", lambda who, now: None, lambda who: None)
    if why == "role":
        grant_role(BUILDER, person, role="companion", organisation=cast.lentera, reason="lagi", now=NOW)
    elif why == "deputy":
        name_deputy(cast.budi.actor, person, organisation=cast.lentera, now=NOW)
    elif why == "complaints":
        open_node(BUILDER, host=cast.network, preset="network", complaints_to=person.ref, now=NOW)
    else:
        hold = Holding("tests", lambda who, now: Conflict("legal_hold", message="Ditahan."), lambda who: None)
    with declared(hold), pytest.raises(Conflict) as raised:
        erase(cast, person)
    expected = {"role": "holds_role", "deputy": "holds_role", "complaints": "receives_complaints", "hold": "legal_hold"}
    assert raised.value.code == expected[why]
    assert Person.objects.get(pk=person.pk).name == "Rohani Yang Dihapus"


def test_a_ground_is_one_of_the_list(cast: Cast) -> None:
    with pytest.raises(Invalid) as raised:
        erase(cast, rohani(cast), ground="karena")
    assert raised.value.field == "ground"


def test_a_past_deputyship_goes_and_what_they_named_others_stays(cast: Cast) -> None:
    person = rohani(cast)
    deputy = name_deputy(cast.budi.actor, person, organisation=cast.lentera, now=NOW)
    Deputy.objects.filter(pk=deputy.pk).update(ended_at=NOW)
    erase(cast, person)
    assert not Deputy.objects.filter(pk=deputy.pk).exists()


def test_the_journal_names_them_and_what_is_restored_is_erased_again(cast: Cast, settings: Any, tmp_path: Path) -> None:
    settings.ERASURES = str(tmp_path / "erasures.jsonl")
    person = rohani(cast)
    before = transaction.savepoint()
    erase(cast, person)
    noted = list(Erasure.objects.order_by("id"))
    write_journal()
    lines = [one.ref for one in read(journal_path())]
    assert {(ref.kind, ref.uuid) for ref in lines} == {("people.person", person.pk), ("accounts.user", person.user_id)}
    assert len(noted) == 2
    transaction.savepoint_rollback(before)  # as an older backup has it
    assert "Rohani" in everything()
    assert erase_again(lines) == (2, [])
    assert "Rohani" not in everything()
    assert Person.objects.get(pk=person.pk).erased_at is not None
    assert erase_again(lines) == (0, [])


@pytest.mark.racing
@pytest.mark.django_db(transaction=True)
def test_two_who_erase_at_once_and_one_who_gives_a_role(raced: None, cast: Cast) -> None:
    person = rohani(cast)

    def give() -> object:
        return grant_role(BUILDER, person, role="editor", organisation=cast.lentera, reason="lagi", now=NOW)

    found = at_once(lambda: erase(cast, person), give, lambda: erase(cast, person))
    gone = Person.objects.get(pk=person.pk).erased_at is not None
    assert Act.objects.filter(act="people.erase_person").count() == int(gone)
    assert Grant.objects.filter(person=person, superseded_at=None, valid_until=None).exists() is not gone
    assert all(one is None or isinstance(one, (Grant, Conflict, NotFound)) for one in found), found
