"""Entering a report that was written down elsewhere, and taking it back: who may, once, all or nothing."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from simpul.audit.models import Act
from simpul.cases.models import Case, CaseTombstone, Consent, CountedVictim, Party
from simpul.cases.services.importing import (
    Assisted,
    Entered,
    Report,
    SpokenConsent,
    enter_person,
    enter_report,
    take_back_case,
)
from simpul.cases.services.sight import exclude_person
from simpul.cases.touching import mark_of
from simpul.kernel.errors import Conflict, Denied, Invalid, NotFound
from tests.cast import Cast
from tests.factories.cases import NOW, victim_of, village
from tests.marks import audits, denies

pytestmark = pytest.mark.django_db
KEY = UUID("0b9d6c1e-7a64-5f0e-9b1d-52039920010a")


def person(number: str = "1", **more: Any) -> Assisted:
    said = SpokenConsent(
        capacity="self", purposes=["record"], language="id", manner="spoken", given_at=NOW, witness="Kader Contoh",
        expires_on=NOW.date() + timedelta(days=365),
    )  # fmt: skip
    told: dict[str, Any] = {
        "number": number,
        "types": ["AD.2"],
        "particulars": {"name": "Inaq Contoh"},
        "consent": said,
    }
    return Assisted(**{**told, **more})


def report(**more: Any) -> Report:
    told: dict[str, Any] = {
        "area": village(), "channel": "whatsapp", "relation": "neighbour", "received_at": NOW, "person": person(),
        "reporter": {"name": "Amaq Contoh"},
    }  # fmt: skip
    return Report(**{**told, **more})


def enter(cast: Cast, **more: Any) -> Entered:
    return enter_report(cast.budi.actor, cast.lentera, report(**more), key=KEY, now=NOW)


@denies(enter_report)
def test_only_the_coordinator_enters_reports(cast: Cast) -> None:
    for who in (cast.ani, cast.dewi, cast.joko, cast.kartika, cast.hasan):
        with pytest.raises(Denied):
            enter_report(who.actor, cast.lentera, report(), key=KEY, now=NOW)
    with pytest.raises(Denied):
        enter_report(cast.budi.actor, cast.other_group, report(), key=KEY, now=NOW)
    assert not Case.objects.exists()


@audits(enter_report)
def test_a_report_is_a_case_once(cast: Cast) -> None:
    case = enter(cast).case
    assert enter(cast).case == case
    assert (Case.objects.count(), Party.objects.count(), Consent.objects.count()) == (1, 2, 1)
    assert Act.objects.filter(act="cases.enter_report", ref_id=case.pk).exists()


def test_without_a_consent_that_can_be_shown_nothing_of_it_is_there(cast: Cast) -> None:
    child = person(particulars={"age_stated": 16})
    with pytest.raises(Invalid):
        enter(cast, person=child)
    assert not Case.objects.exists()


@denies(enter_person)
def test_nobody_adds_a_person_to_a_case_they_do_not_coordinate(cast: Cast) -> None:
    case = enter(cast).case
    with pytest.raises(Denied):
        enter_person(cast.ani.actor, case, person("2"), now=NOW)
    with pytest.raises(NotFound):
        enter_person(cast.hasan.actor, case, person("2"), now=NOW)


@audits(enter_person)
def test_a_second_person_stands_in_the_case_once_with_a_consent_of_their_own(cast: Cast) -> None:
    case = enter(cast).case
    second = person("2", types=["K.F"], particulars={"name": "Amaq Dua"})
    assert enter_person(cast.budi.actor, case, second, now=NOW) == enter_person(cast.budi.actor, case, second, now=NOW)
    case.refresh_from_db()
    assert case.protected, "what it is about for one of them protects all"
    assert [p.consents.count() for p in case.parties.filter(role="victim")] == [1, 1]
    assert Act.objects.filter(act="cases.enter_person", ref_id=case.pk).exists()


@denies(take_back_case)
def test_only_the_coordinator_takes_a_case_back(cast: Cast) -> None:
    case = enter(cast).case
    with pytest.raises(Denied):
        take_back_case(cast.ani.actor, case.pk, mark=mark_of(case), now=NOW)
    take_back_case(cast.hasan.actor, case.pk, mark=mark_of(case), now=NOW)
    assert Case.objects.filter(pk=case.pk).exists(), "for Hasan there was nothing"


@audits(take_back_case)
def test_a_case_nobody_worked_on_goes_without_a_figure(cast: Cast) -> None:
    case = enter(cast).case
    take_back_case(cast.budi.actor, case.pk, mark=mark_of(case), now=NOW)
    take_back_case(cast.budi.actor, case.pk, mark="", now=NOW)
    assert not Case.objects.exists()
    assert not CountedVictim.objects.filter(superseded_at=None).exists()
    assert CaseTombstone.objects.get().ground == "mistake"
    assert Act.objects.filter(act="cases.take_back_case", ref_id=case.pk).count() == 1


def test_every_kind_of_work_is_seen(cast: Cast) -> None:
    case = enter(cast).case
    mark = mark_of(case)
    victim_of(case).tags.create(code="poor")
    assert mark_of(case) != mark
    assert cast.ani.person is not None
    victim_of(case).tags.all().delete()
    assert mark_of(case) == mark
    exclude_person(cast.budi.actor, case, cast.ani.person, now=NOW)
    with pytest.raises(Conflict):
        take_back_case(cast.budi.actor, case.pk, mark=mark, now=NOW)
