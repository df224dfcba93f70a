"""A new organisation is listed at once, and a retry makes none twice."""

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from simpul.audit.models import Act
from simpul.kernel.actor import Anonymous
from simpul.kernel.errors import Conflict, Denied, Invalid
from simpul.kernel.ids import uuid7
from simpul.kernel.time import PartialDate
from simpul.organisations.listing import drifted
from simpul.organisations.models import DirectoryFacet, DirectoryTerm, Organisation
from simpul.organisations.sectors import Sector
from simpul.organisations.services.registration import Registration, register_organisation, register_organisations
from simpul.search import index
from tests.factories.organisations import NOW, SYSTEM, someone
from tests.factories.territory import areas
from tests.marks import audits, denies

pytestmark = pytest.mark.django_db
SECTORS = Sector.values[:2]


@audits(register_organisation)
def test_register_organisation_lists_it() -> None:
    [lotim] = areas("52.03")
    made = register_organisation(
        SYSTEM,
        kind="OT.P",
        name="  Jaringan  Peneda Gandor ",
        acronym="JPG",
        seat=lotim,
        founded=PartialDate.parse("2008"),
        now=NOW,
    )
    assert (made.name, made.sort_key, str(made.founded)) == ("Jaringan Peneda Gandor", "jaringan peneda gandor", "2008")
    assert set(DirectoryTerm.objects.values_list("term", flat=True)) == {
        "jaringanpenedagandor",
        "penedagandor",
        "gandor",
        "jpg",
    }
    assert set(DirectoryFacet.objects.values_list("facet", flat=True)) == {"area:52", "area:52.03", "kind:OT.P"}
    assert drifted() == []
    act = Act.objects.get()
    assert (act.act, act.ref_id, act.details) == ("organisations.register_organisation", made.pk, {"kind": "OT.P"})


@denies(register_organisation)
def test_register_organisation_needs_the_permission_in_that_area() -> None:
    lotim, bima = areas("52.03", "52.06")
    for actor in (Anonymous(), someone(None, "organisation.register", area_code="52.06"), someone(None)):
        with pytest.raises(Denied) as refused:
            register_organisation(actor, kind="OT.P", name="Lentera", seat=lotim, now=NOW)
        assert refused.value.permission == "organisation.register"
    actor = someone(None, "organisation.register", area_code="52.06")
    assert register_organisation(actor, kind="OT.P", name="Lentera", seat=bima, now=NOW).seat_id == "52.06"
    with pytest.raises(Denied):
        register_organisation(actor, kind="OT.P", name="Tanpa tempat", now=NOW)


def test_register_organisation_again_with_the_same_id_is_the_same() -> None:
    key = uuid7()
    first = register_organisation(SYSTEM, kind="OT.P", name="Lentera", now=NOW, id=key)
    again = register_organisation(SYSTEM, kind="OT.P", name="Lentera", now=NOW, id=key)
    assert first == again
    assert (Organisation.objects.count(), first.names.count(), Act.objects.count()) == (1, 1, 1)
    with pytest.raises(Conflict, match="id_taken"):
        register_organisation(SYSTEM, kind="OT.P", name="Pelita", now=NOW, id=key)


@pytest.mark.parametrize(
    ("sent", "code", "field"),
    [
        ({"name": "   "}, "name_needed", "name"),
        ({"name": "x" * 201}, "too_long", "name"),
        ({"kind": "OT.ZZ"}, "unknown_choice", "kind"),
        ({"kind": ""}, "unknown_choice", "kind"),
        ({"founded": PartialDate.parse("2026")}, "in_the_future", "founded"),
        ({"founded": PartialDate.parse("0008")}, "not_a_date", "founded"),
    ],
)
def test_register_organisation_refuses(sent: dict[str, object], code: str, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        register_organisation(SYSTEM, **{"kind": "OT.P", "name": "Lentera", "now": NOW, **sent})
    assert (refused.value.code, refused.value.field) == (code, field)
    assert not Organisation.objects.exists()


def test_a_name_without_letters_still_has_its_place() -> None:
    assert register_organisation(SYSTEM, kind="OT.P", name="!!!", now=NOW).sort_key == "!!!"


def wanted(*names: str, **more: Any) -> list[Registration]:
    return [Registration(kind="OT.P", name=name, **more) for name in names]


@audits(register_organisations)
def test_many_are_entered_as_one_is_each_with_its_act() -> None:
    [lotim] = areas("52.03")
    profile = {"sectors": SECTORS, "phone": "0376 21234"}
    known = {"acronym": "LD", "seat": lotim, "profile": profile, "founded": PartialDate.parse("2008")}
    entries = wanted("Lentera Desa", "Pelita", **known)
    done = register_organisations(SYSTEM, entries, now=NOW)
    assert list(done.made) == [entry.id for entry in entries]
    assert (done.there, done.refused) == ({}, {})
    one = register_organisation(SYSTEM, kind="OT.P", name="Lentera Desa", **known, now=NOW)
    for row in Organisation.objects.filter(name="Lentera Desa"):
        assert (row.version, str(row.founded), row.phone, row.sectors) == (1, "2008", one.phone, SECTORS)
        assert sorted(row.profile_items.values_list("code", flat=True)) == sorted(SECTORS)
        assert [(name.name, name.acronym) for name in row.names.all()] == [("Lentera Desa", "LD")]
    assert drifted() == []
    assert not index.drift()
    acts = Act.objects.filter(act="organisations.register_organisation").order_by("id")
    assert [act.ref_id for act in acts] == [*done.made, one.pk]
    assert {(act.ref_kind, act.details["kind"], act.actor_kind) for act in acts} == {
        ("organisations.organisation", "OT.P", "system")
    }


@denies(register_organisations)
def test_of_many_those_outside_ones_area_are_refused_and_keep_no_other() -> None:
    lotim, bima = areas("52.03", "52.06")
    actor = someone(None, "organisation.register", area_code="52.06")
    outside, [inside] = wanted("Lentera", "x" * 201, seat=lotim), wanted("Pelita", seat=bima)
    done = register_organisations(actor, [*outside, inside], now=NOW)
    assert list(done.made) == [inside.id]
    assert {type(why) for why in done.refused.values()} == {Denied}
    assert list(Organisation.objects.values_list("name", flat=True)) == ["Pelita"]


def test_many_again_are_the_same_and_what_is_somebody_elses_is_refused() -> None:
    entries = wanted("Lentera", "Pelita")
    register_organisations(SYSTEM, entries, now=NOW)
    [other] = wanted("Lain", id=entries[1].id)
    [new] = wanted("Baru")
    done = register_organisations(SYSTEM, [entries[0], other, new], now=NOW)
    assert (list(done.made), list(done.there)) == ([new.id], [entries[0].id])
    assert {pk: getattr(why, "code", "") for pk, why in done.refused.items()} == {other.id: "id_taken"}
    assert (Organisation.objects.count(), Act.objects.count()) == (3, 3)
    with pytest.raises(ValueError, match="twice"):
        register_organisations(SYSTEM, [new, new], now=NOW)


def test_many_take_as_many_statements_as_a_few(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    for number in (2, 40):
        entries = wanted(*(f"Lentera {n}" for n in range(number)))
        with django_assert_max_num_queries(12):
            register_organisations(SYSTEM, entries, now=NOW)
