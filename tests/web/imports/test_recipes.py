"""Memberships and people: what their rows say, and how they come in and go again."""

from datetime import UTC, datetime

import pytest

from simpul.interop.models import ImportBatch, ImportRow, Outcome, RowState
from simpul.interop.queries import count_rows
from simpul.interop.services.applying import apply_rows
from simpul.interop.services.deciding import confirm_import, decide_all
from simpul.interop.services.undoing import undo_import, undo_rows
from simpul.kernel.actor import Actor
from simpul.organisations.models import Membership
from simpul.people.models import ContactPoint, Person
from simpul.people.queries import contacts_for
from simpul.people.services import change_person, register_person
from tests.cast import Cast
from tests.factories.imports import checked

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
MEMBERS = ("Nama Anggota", "Peran", "Bergabung", "Kesediaan")
PEOPLE = ("Nama", "JK", "Jabatan", "No HP", "Tahun lahir")


def ties(cast: Cast, *rows: tuple[object, ...]) -> ImportBatch:
    options = {"network": str(cast.network.pk)}
    return checked(
        cast.dewi.actor, MEMBERS, *rows, recipe="memberships", organisation_id=cast.network.pk, options=options, now=NOW
    )


def persons(cast: Cast, *rows: tuple[object, ...]) -> ImportBatch:
    return checked(cast.budi.actor, PEOPLE, *rows, recipe="people", organisation_id=cast.lentera.pk, now=NOW)


def finish(actor: Actor, batch: ImportBatch) -> None:
    confirm_import(actor, batch, now=NOW)
    while apply_rows(actor, batch, now=NOW):
        pass


def take_back(actor: Actor, batch: ImportBatch) -> None:
    undo_import(actor, batch, now=NOW)
    while undo_rows(actor, batch, now=NOW):
        pass


def test_members_are_found_by_any_spelling_of_their_name(cast: Cast) -> None:
    batch = ties(cast, ("pusat  riset CONTOH", "Presidium", "Mei 2019", "ya"), ("KK Lentera", "", "2020", ""))
    finish(cast.dewi.actor, batch)
    rows = Membership.objects.filter(network=cast.network, superseded_at=None).exclude(member=cast.forum)
    found = {(r.member_id, r.role, str(r.valid_from), r.has_readiness_statement, r.is_confirmed) for r in rows}
    assert found == {
        (cast.support.pk, "presidium", "2019-05-01", True, False),
        (cast.lentera.pk, "member", "2020-01-01", False, False),
    }
    take_back(cast.dewi.actor, batch)
    assert not Membership.objects.filter(network=cast.network, member=cast.support, superseded_at=None).exists()


def test_who_is_unknown_or_a_member_already_is_told(cast: Cast) -> None:
    batch = ties(
        cast, ("Yayasan Entah", "", "", ""), ("Forum Simpul Contoh", "", "", ""), ("Simpul Contoh", "", "", "")
    )
    codes = [row.faults for row in batch.rows.filter(number__gt=1)]
    assert codes == [
        [["member", "unknown_organisation"]],
        [["member", "already_member"]],
        [["member", "unknown_organisation"]],
    ]


def test_a_member_named_twice_in_one_file_is_entered_once(cast: Cast) -> None:
    batch = ties(cast, ("Pusat Riset Contoh", "", "2019", ""), ("Pusat Riset Contoh", "", "2020", ""))
    finish(cast.dewi.actor, batch)
    assert count_rows(batch).outcomes == {Outcome.WRITTEN: 1, Outcome.REFUSED: 1}


def test_people_come_in_with_how_they_are_reached_and_go_again(cast: Cast) -> None:
    before = set(Person.objects.values_list("pk", flat=True))
    batch = persons(cast, ("Sri Contoh", "P", "Kader", 81234567890, 1985), ("Made Contoh", "L", "Anggota", "", ""))
    finish(cast.budi.actor, batch)
    sri = Person.objects.get(name="Sri Contoh")
    assert (sri.sex, sri.birth_year, sri.affiliations.get().role) == ("P", 1985, "volunteer")
    assert contacts_for(cast.budi.actor, sri, on=NOW.date()) == {"phone": "+6281234567890"}
    take_back(cast.budi.actor, batch)
    assert set(Person.objects.values_list("pk", flat=True)) == before
    assert not ContactPoint.objects.exists()


def test_somebody_who_is_there_already_is_merged_by_adding_how_to_reach_them(cast: Cast) -> None:
    batch = persons(cast, ("ANI", "", "", "0812 3456 7890", ""))
    double = ImportRow.objects.get(batch=batch, state=RowState.ALIKE)
    assert cast.ani.person is not None
    assert double.twins[0]["key"] == str(cast.ani.person.ref)
    decide_all(cast.budi.actor, batch, decision="merge")
    finish(cast.budi.actor, batch)
    ani = Person.objects.get(name="Ani")
    assert contacts_for(cast.budi.actor, ani, on=NOW.date()) == {"phone": "+6281234567890"}
    take_back(cast.budi.actor, batch)
    assert contacts_for(cast.budi.actor, ani, on=NOW.date()) == {}


def test_a_namesake_elsewhere_is_nobodys_business(cast: Cast) -> None:
    register_person(cast.dewi.actor, organisation=cast.network, role="staff", name="Wayan Rahasia", now=NOW)
    assert count_rows(persons(cast, ("Wayan Rahasia", "", "", "", ""))).states == {RowState.READY: 1}


def test_people_are_entered_only_where_one_keeps_people(cast: Cast) -> None:
    heads = ("Nama", "Organisasi")
    rows = (("Sri Contoh", "Jaringan Provinsi Contoh"),)
    batch = checked(cast.budi.actor, heads, *rows, recipe="people", organisation_id=cast.lentera.pk, now=NOW)
    assert batch.rows.get(number=2).faults == [["organisation", "unknown_organisation"]]


def test_somebody_who_was_changed_since_stays(cast: Cast) -> None:
    batch = persons(cast, ("Sri Contoh", "P", "Kader", "", ""))
    finish(cast.budi.actor, batch)
    sri = Person.objects.get(name="Sri Contoh")
    change_person(cast.budi.actor, sri, version=sri.version, name="Sri Lain", now=NOW)
    take_back(cast.budi.actor, batch)
    assert batch.rows.get(number=2).outcome == Outcome.KEPT
    assert Person.objects.filter(name="Sri Lain").exists()


def test_the_pages_of_people_are_confidential_and_share_nothing(cast: Cast) -> None:
    batch = persons(cast, ("Sri Contoh", "P", "Kader", "", ""))
    page = cast.budi.client().get(f"/impor/{batch.pk}/").content.decode()
    assert 'class="confidential' in page
    assert "wa.me" not in page
