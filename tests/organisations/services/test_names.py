"""Names over time, as they were and as we knew them."""

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from simpul.audit.models import Act
from simpul.kernel.errors import Conflict, Denied, Invalid, NotFound
from simpul.kernel.time import PartialDate
from simpul.organisations.listing import drifted
from simpul.organisations.models import Organisation, OrganisationName
from simpul.organisations.queries.directory import Search, directory
from simpul.organisations.queries.profiles import names_of
from simpul.organisations.services.names import add_former_name, correct_name, remove_name, rename_organisation
from simpul.records.models import known_at, true_on
from tests.factories.organisations import NOW, SYSTEM, make_organisation, someone
from tests.marks import audits, denies
from tests.racing import at_once, copied_database

pytestmark = pytest.mark.django_db
Y2008, Y2012, Y2015 = (PartialDate.parse(y) for y in ("2008", "2012", "2015"))


def told(organisation: Organisation) -> list[tuple[str, str, str]]:
    return [(n.name, str(n.since or ""), str(n.until or "")) for n in names_of(organisation)]


@audits(rename_organisation)
def test_rename_organisation_keeps_the_former_name_with_its_dates() -> None:
    jms = make_organisation(name="JMS-LOBAR", founded=Y2008)
    correct_name(SYSTEM, jms.names.get(), name="JMS-LOBAR", since=Y2008, now=NOW)
    rename_organisation(SYSTEM, jms, name="JMS Lombok", since=Y2015, now=NOW)
    jms.refresh_from_db()
    assert told(jms) == [("JMS-LOBAR", "2008", "2015"), ("JMS Lombok", "2015", "")]
    assert (jms.name, jms.sort_key) == ("JMS Lombok", "jms lombok")
    assert [o.name for o in directory(SYSTEM, Search(text="jmslobar")).rows] == ["JMS Lombok"]
    assert drifted() == []
    assert Act.objects.filter(act="organisations.rename_organisation", ref_id=jms.pk).count() == 1


def test_rename_organisation_twice_alike_is_once() -> None:
    jms = make_organisation(name="JMS-LOBAR")
    first = rename_organisation(SYSTEM, jms, name="JMS Lombok", since=Y2015, now=NOW)
    assert rename_organisation(SYSTEM, jms, name="JMS Lombok", since=Y2015, now=NOW + timedelta(hours=1)) == first
    assert len(told(jms)) == 2


def test_what_was_known_before_a_rename_stays_known() -> None:
    jms = make_organisation(name="JMS-LOBAR")
    rename_organisation(SYSTEM, jms, name="JMS Lombok", since=Y2015, now=NOW + timedelta(days=3))
    then = names_of(jms, as_of=NOW + timedelta(days=1))
    assert [(n.name, n.valid_until) for n in then] == [("JMS-LOBAR", None)]


def test_rename_organisation_refuses_a_day_before_the_last_name() -> None:
    jms = make_organisation(name="JMS-LOBAR")
    rename_organisation(SYSTEM, jms, name="JMS Lombok", since=Y2015, now=NOW)
    with pytest.raises(Invalid, match="before_last_name"):
        rename_organisation(SYSTEM, jms, name="JMS NTB", since=Y2012, now=NOW)
    with pytest.raises(Invalid, match="in_the_future"):
        rename_organisation(SYSTEM, jms, name="JMS NTB", since=PartialDate.parse("2031"), now=NOW)


@denies(rename_organisation, correct_name, add_former_name, remove_name)
def test_names_are_for_who_may_edit() -> None:
    jms = make_organisation(name="JMS-LOBAR")
    outsider = someone(make_organisation(), "organisation.edit")
    name = jms.names.get()
    acts = [
        lambda: rename_organisation(outsider, jms, name="X", since=Y2015, now=NOW),
        lambda: correct_name(outsider, name, name="X", now=NOW),
        lambda: add_former_name(outsider, jms, name="X", until=Y2008, now=NOW),
        lambda: remove_name(outsider, name, now=NOW),
    ]
    for act in acts:
        with pytest.raises(Denied, match=r"organisation\.edit"):
            act()
    Organisation.objects.filter(pk=jms.pk).update(in_safety_mode=True)
    for act in acts:
        with pytest.raises(NotFound):
            act()
    assert told(jms) == [("JMS-LOBAR", "", "")]


@audits(correct_name)
def test_correct_name_appends_and_refuses_an_overlap() -> None:
    jms = make_organisation(name="JMS Lombokk")
    former = add_former_name(SYSTEM, jms, name="JMS-LOBAR", since=Y2008, until=Y2015, now=NOW)
    last = names_of(jms).last()
    assert last is not None
    correct_name(SYSTEM, last, name="JMS Lombok", since=Y2015, now=NOW)
    jms.refresh_from_db()
    assert (jms.name, told(jms)[1]) == ("JMS Lombok", ("JMS Lombok", "2015", ""))
    with pytest.raises(Conflict, match="names_overlap"):
        correct_name(SYSTEM, former, name="JMS-LOBAR", since=Y2008, now=NOW)
    with pytest.raises(Conflict, match="corrected_meanwhile"):
        correct_name(SYSTEM, last, name="JMS", since=Y2015, now=NOW)
    with pytest.raises(Invalid, match="period_order"):
        correct_name(SYSTEM, former, name="JMS-LOBAR", since=Y2015, until=Y2008, now=NOW)
    assert Act.objects.filter(act="organisations.correct_name").count() == 1


@audits(add_former_name, remove_name)
def test_a_former_name_is_added_and_taken_back() -> None:
    jms = make_organisation(name="JMS Lombok")
    former = add_former_name(SYSTEM, jms, name="JMS-LOBAR", since=Y2008, until=Y2015, now=NOW)
    assert add_former_name(SYSTEM, jms, name="JMS-LOBAR", since=Y2008, until=Y2015, now=NOW) == former
    assert told(jms) == [("JMS-LOBAR", "2008", "2015"), ("JMS Lombok", "2015", "")]
    remove_name(SYSTEM, former, now=NOW)
    assert told(jms) == [("JMS Lombok", "2015", "")]
    assert directory(SYSTEM, Search(text="lobar")).rows == ()
    with pytest.raises(Conflict, match="only_name"):
        remove_name(SYSTEM, names_of(jms).get(), now=NOW)
    assert told(jms) == [("JMS Lombok", "2015", "")]
    acts = {"organisations.add_former_name", "organisations.remove_name"}
    assert set(Act.objects.filter(act__in=acts).values_list("act", flat=True)) == acts


def test_the_database_itself_keeps_names_apart_and_as_they_were() -> None:
    jms = make_organisation(name="JMS Lombok")
    again = OrganisationName(organisation=jms, name="JMS", valid_from=date(2020, 1, 1), recorded_at=NOW)
    with pytest.raises(IntegrityError, match="organisations_organisationname_alone"), transaction.atomic():
        again.save()
    with pytest.raises(IntegrityError, match="organisations_organisationname_kept"), transaction.atomic():
        jms.names.update(name="X")


class NamesOverTime(TestCase):
    @settings(max_examples=30, deadline=None)
    @given(st.lists(st.dates(date(1950, 1, 1), date(2024, 12, 31)), max_size=5, unique=True))
    def test_on_any_day_one_name_holds(self, days: list[date]) -> None:
        jms = make_organisation(name="N0")
        for number, day in enumerate(sorted(days), start=1):
            rename_organisation(SYSTEM, jms, name=f"N{number}", since=PartialDate(day), now=NOW)
        known = OrganisationName.objects.filter(known_at(None), organisation=jms)
        for number, day in enumerate([date(1949, 1, 1), *sorted(days)]):
            assert [n.name for n in known.filter(true_on(day))] == [f"N{number}"]
        jms.refresh_from_db()
        assert jms.name == f"N{len(days)}"


@pytest.mark.racing
def test_two_renames_at_one_moment_leave_one_name(tmp_path: Path, transactional_db: None) -> None:
    with copied_database(tmp_path):
        jms = make_organisation(name="JMS-LOBAR")
        results = at_once(
            lambda: rename_organisation(SYSTEM, jms, name="JMS Lombok", since=Y2015, now=NOW),
            lambda: rename_organisation(SYSTEM, jms, name="JMS NTB", since=Y2012, now=NOW),
        )
        known = names_of(jms)
        periods = [(n.valid_from, n.valid_until) for n in known]
        assert periods[-1][1] is None
        assert all(a[1] == b[0] for a, b in pairwise(periods))
        assert any(isinstance(r, OrganisationName) for r in results)
        assert all(isinstance(r, OrganisationName | Conflict | Invalid) for r in results)
