"""A record is opened in an emergency by a coordinator of its owner or their deputy, for hours, before witnesses."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from simpul.access import openable, services
from simpul.access.emergencies import is_open_to, opened_by, openings_for, reads_reasons
from simpul.access.models import Deputy, EmergencyOpening
from simpul.audit.models import Act
from simpul.kernel.actor import Actor, Member
from simpul.kernel.errors import Conflict, Denied, Invalid
from simpul.kernel.ids import uuid7
from simpul.kernel.refs import RecordRef
from simpul.notices.models import Notice, Recipient
from simpul.organisations.models import Organisation
from simpul.people.models import Person
from tests.cast import NOW, Cast, Played
from tests.marks import audits, denies

REASON = "Seorang penyintas menelepon malam ini; pendampingnya tidak bisa dihubungi."
CASE = RecordRef("organisations.unit", uuid7())
OVER = NOW + timedelta(hours=4)


def member(played: Played) -> Member:
    assert isinstance(played.actor, Member)
    return replace(played.actor, second_factor=True)


def open_it(cast: Cast, actor: Actor, *, reason: str = REASON, ref: RecordRef = CASE) -> EmergencyOpening:
    return services.break_glass(actor, ref, organisation=cast.lentera, reason=reason, now=NOW)


def name_ani(cast: Cast) -> Deputy:
    assert cast.ani.person is not None
    return services.name_deputy(member(cast.budi), cast.ani.person, organisation=cast.lentera, now=NOW)


@audits(services.break_glass, services.close_glass)
def test_a_coordinator_opens_it_for_four_hours_and_the_supervisor_is_told(cast: Cast) -> None:
    budi = member(cast.budi)
    assert not is_open_to(budi, CASE, now=NOW)
    opening = open_it(cast, budi)
    assert is_open_to(budi, CASE, now=OVER - timedelta(seconds=1))
    assert not is_open_to(budi, CASE, now=OVER)
    assert not is_open_to(budi, RecordRef(CASE.kind, uuid7()), now=NOW)
    assert not is_open_to(member(cast.ani), CASE, now=NOW)
    notice = Notice.objects.get(kind="access.glass_broken")
    told = set(Recipient.objects.filter(notice=notice).values_list("user_id", flat=True))
    assert (notice.urgent, told) == (True, {cast.kartika.user and cast.kartika.user.pk})
    act = Act.objects.get(act="access.break_glass")
    assert (act.ref_id, act.details) == (
        CASE.uuid,
        {"opening": str(opening.pk), "organisation": str(cast.lentera.pk), "deputy": False},
    )
    services.close_glass(budi, opening, now=NOW + timedelta(hours=1))
    services.close_glass(budi, opening, now=NOW + timedelta(hours=2))
    assert not is_open_to(budi, CASE, now=NOW + timedelta(hours=2))
    assert Act.objects.filter(act="access.close_glass").count() == 1


@denies(services.break_glass)
@pytest.mark.parametrize("key", ["ani", "dewi", "hasan", "kartika", "citra", "joko", "publik"])
def test_nobody_else_opens_it_not_even_from_above(cast: Cast, key: str) -> None:
    actor = getattr(cast, key).actor
    with pytest.raises(Denied) as raised:
        open_it(cast, replace(actor, second_factor=True) if isinstance(actor, Member) else actor)
    assert raised.value.permission == "record.break_glass"
    assert EmergencyOpening.objects.count() == 0


def test_a_program_never_opens_it(cast: Cast) -> None:
    with pytest.raises(Denied):
        open_it(cast, replace(member(cast.budi), via="token 0198c1a2b3c4"))


@audits(services.name_deputy, services.end_deputy)
def test_the_named_deputy_opens_it_with_a_second_factor_and_the_coordinator_is_told(cast: Cast) -> None:
    deputy = name_ani(cast)
    assert name_ani(cast) == deputy
    with pytest.raises(Denied):
        open_it(cast, replace(member(cast.ani), second_factor=False))
    assert open_it(cast, member(cast.ani)).as_deputy
    told = set(Recipient.objects.filter(notice__kind="access.glass_broken").values_list("user_id", flat=True))
    assert told == {played.user and played.user.pk for played in (cast.budi, cast.kartika)}
    services.end_deputy(member(cast.budi), deputy, now=NOW)
    services.end_deputy(member(cast.budi), deputy, now=NOW)
    with pytest.raises(Denied):
        open_it(cast, member(cast.ani), ref=RecordRef(CASE.kind, uuid7()))
    acts = Act.objects.filter(act__endswith="_deputy").values_list("act", flat=True)
    assert sorted(acts) == ["access.end_deputy", "access.name_deputy"]


@denies(services.name_deputy, services.end_deputy, services.close_glass)
def test_only_a_coordinator_names_a_deputy_and_ends_what_another_opened(cast: Cast) -> None:
    assert cast.ani.person is not None
    assert cast.budi.person is not None
    deputy, opening = name_ani(cast), open_it(cast, member(cast.budi))
    for act in (
        lambda: services.name_deputy(member(cast.kartika), cast.ani.person, organisation=cast.lentera, now=NOW),
        lambda: services.name_deputy(member(cast.budi), cast.budi.person, organisation=cast.lentera, now=NOW),
        lambda: services.end_deputy(member(cast.kartika), deputy, now=NOW),
        lambda: services.close_glass(member(cast.ani), opening, now=NOW),
    ):
        with pytest.raises(Denied) as raised:
            act()
        assert raised.value.permission == "record.break_glass"


def test_a_deputy_is_of_the_organisation_and_there_is_one(cast: Cast) -> None:
    assert cast.dewi.person is not None
    with pytest.raises(Invalid) as raised:
        services.name_deputy(member(cast.budi), cast.dewi.person, organisation=cast.lentera, now=NOW)
    assert raised.value.code == "person"
    first = name_ani(cast)
    with pytest.raises(IntegrityError, match=r"access_deputy_one|organisation_id"), transaction.atomic():
        Deputy.objects.create(organisation=cast.lentera, person=cast.dewi.person, named_at=NOW)
    assert Deputy.objects.get(ended_at=None) == first


@pytest.mark.parametrize("reason", ["", "mendesak", "x" * 501])
def test_a_reason_is_asked_for(cast: Cast, reason: str) -> None:
    with pytest.raises(Invalid) as raised:
        open_it(cast, member(cast.budi), reason=reason)
    assert (raised.value.code, raised.value.field) == ("reason", "reason")


def test_without_a_witness_nothing_opens(cast: Cast) -> None:
    assert cast.kartika.user is not None
    cast.kartika.user.is_active = False
    cast.kartika.user.save()
    with pytest.raises(Conflict) as raised:
        open_it(cast, member(cast.budi))
    assert (raised.value.code, EmergencyOpening.objects.count()) == ("no_witness", 0)


def test_asking_again_is_the_same_opening_and_tells_nobody_twice(cast: Cast) -> None:
    first = open_it(cast, member(cast.budi))
    assert open_it(cast, member(cast.budi), reason=f"{REASON} Lagi.") == first
    assert (EmergencyOpening.objects.count(), Notice.objects.filter(kind="access.glass_broken").count()) == (1, 1)


def test_the_reason_is_sealed_and_nothing_is_rewritten(cast: Cast) -> None:
    opening = open_it(cast, member(cast.budi))
    assert opening.reason is not None
    with connection.cursor() as cursor:
        cursor.execute("SELECT reason FROM access_emergencyopening")
        assert "penyintas" not in str(cursor.fetchall())
    for change in ({"until": OVER + timedelta(days=9)}, {"opened_at": NOW - timedelta(days=9)}):
        with pytest.raises(IntegrityError, match="access_emergency_appended"), transaction.atomic():
            EmergencyOpening.objects.filter(pk=opening.pk).update(**change)
    with pytest.raises(IntegrityError, match="access_emergency_appended"), transaction.atomic():
        EmergencyOpening.objects.filter(pk=opening.pk).delete()


def test_one_rule_lists_what_is_open_and_who_may_read_that_it_was(cast: Cast) -> None:
    person = cast.budi.person
    assert person is not None
    open_it(cast, member(cast.budi), ref=person.ref)
    found = Person.objects.filter(opened_by(member(cast.budi), "people.person", now=NOW))
    assert list(found) == [person]
    assert not Person.objects.filter(opened_by(member(cast.budi), "people.other", now=NOW)).exists()
    assert not Person.objects.filter(opened_by(member(cast.budi), "people.person", now=OVER)).exists()
    seen = {key: openings_for(getattr(cast, key).actor).count() for key in ("budi", "kartika", "ani", "publik")}
    assert seen == {"budi": 1, "kartika": 1, "ani": 0, "publik": 0}


def found_by_number(actor: Actor, organisation: Organisation, number: str) -> RecordRef | None:
    return CASE if number == "K-0001" and organisation.acronym == "KK Lentera" else None


A_CASE = openable.Openable("organisations.unit", "Kasus", "Nomor kasus", found_by_number)


def by_number(cast: Cast, actor: Actor, number: str = "K-0001", kind: str = A_CASE.kind) -> EmergencyOpening:
    with openable.only(A_CASE):
        return services.open_by_number(
            actor, kind=kind, number=number, organisation=cast.lentera, reason=REASON, now=NOW
        )


@audits(services.open_by_number)
def test_it_is_opened_by_the_number_that_was_read_out(cast: Cast) -> None:
    opening = by_number(cast, member(cast.budi), " K-0001 ")
    assert opening.record == CASE
    assert Act.objects.get(act="access.break_glass").ref_id == CASE.uuid


def test_a_number_that_leads_nowhere_is_in_the_record_of_acts(cast: Cast) -> None:
    with pytest.raises(Invalid) as raised:
        by_number(cast, member(cast.budi), "K-0002")
    assert (raised.value.code, raised.value.field, EmergencyOpening.objects.count()) == ("number", "number", 0)
    act = Act.objects.get(act="access.miss_glass")
    assert (act.ref_id, act.details) == (cast.lentera.pk, {"kind": A_CASE.kind})


def test_only_a_kind_that_somebody_declared_can_be_opened(cast: Cast) -> None:
    with pytest.raises(Invalid) as raised:
        by_number(cast, member(cast.budi), kind="people.person")
    assert raised.value.code == "kind"
    with openable.only(A_CASE), pytest.raises(ValueError, match="can be opened already"):
        openable.declare(replace(A_CASE))


@denies(services.open_by_number)
@pytest.mark.parametrize("key", ["ani", "dewi", "kartika", "joko", "publik"])
def test_who_may_open_nothing_learns_of_no_number(cast: Cast, key: str) -> None:
    for number in ("K-0001", "K-0002"):
        with pytest.raises(Denied):
            by_number(cast, getattr(cast, key).actor, number)
    assert not Act.objects.filter(act="access.miss_glass").exists()


def test_the_deputy_finds_in_the_inbox_that_they_were_named(cast: Cast) -> None:
    name_ani(cast)
    name_ani(cast)
    notice = Notice.objects.get(kind="access.deputy_named")
    assert [r.user for r in notice.recipients.all()] == [cast.ani.user]


def test_the_reason_is_read_by_those_who_answer_for_the_organisation_alone(cast: Cast) -> None:
    open_it(cast, member(cast.budi))
    keys = ("budi", "kartika", "joko", "dewi", "ani", "publik")
    rows = EmergencyOpening.objects
    read = {key: rows.filter(reads_reasons(getattr(cast, key).actor, on=NOW.date())).count() for key in keys}
    assert read == {"budi": 1, "kartika": 1, "joko": 0, "dewi": 0, "ani": 0, "publik": 0}
    assert openings_for(cast.joko.actor).count() == 1  # that there was one
