"""People of an organisation: confidential from the first row, and entered only where one keeps its people."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar, Final
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.accounts.identifiers import normal_email, normal_phone
from simpul.interop import values
from simpul.interop.likeness import Likeness
from simpul.interop.models import ImportBatch
from simpul.interop.recipes import Choice, Column, Desk, Fault, Recipe, Shown, Text, Values, Written
from simpul.interop.tables import Cell
from simpul.interop.values import Unreadable
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Denied
from simpul.kernel.ids import uuid7_from, uuid7_instant
from simpul.kernel.refs import RecordRef
from simpul.kernel.text import fold
from simpul.organisations.models import Organisation
from simpul.organisations.rules.organisations import may, within
from simpul.people.codes import RoleTitle, Sex
from simpul.people.models import Affiliation, Person
from simpul.people.queries import contacts_for, people_for, person_for, today
from simpul.people.services import change_contacts, register_person, withdraw_person
from simpul.web.imports.recipes.naming import NameReader
from simpul.web.imports.recipes.reading import chosen

MANAGE: Final = "person.manage"
CONTACTS: Final = ("phone", "whatsapp", "email")
_SEXES: Final[Mapping[str, str]] = {
    **dict.fromkeys(("p", "perempuan", "wanita", "pr", "female"), str(Sex.FEMALE)),
    **dict.fromkeys(("l", "lakilaki", "pria", "lk", "laki", "male"), str(Sex.MALE)),
}
_ROLES: Final[Mapping[str, str]] = {
    fold(words): str(role)
    for role, said in (
        (RoleTitle.CHAIR, ("ketua", "ketua umum", "koordinator", "pimpinan")),
        (RoleTitle.VICE_CHAIR, ("wakil ketua", "wakil")),
        (RoleTitle.SECRETARY, ("sekretaris",)),
        (RoleTitle.TREASURER, ("bendahara",)),
        (RoleTitle.DIRECTOR, ("direktur", "direktur eksekutif")),
        (RoleTitle.DIVISION_HEAD, ("kepala divisi", "ketua divisi", "koordinator divisi")),
        (RoleTitle.MEMBER, ("anggota",)),
        (RoleTitle.STAFF, ("staf", "staff", "karyawan", "pegawai")),
        (RoleTitle.VOLUNTEER, ("relawan", "kader", "sukarelawan", "pendamping")),
        (RoleTitle.CONTACT, ("narahubung", "kontak", "contact person", "cp")),
    )
    for words in said
}


def _phone(cell: Cell) -> str | None:
    typed = values.phone(cell)
    return normal_phone(typed) if typed else None


def _email(cell: Cell) -> str | None:
    typed = values.text(cell)
    return normal_email(typed) if typed else None


class PeopleRecipe(Recipe):
    key: ClassVar[str] = "people"
    label: ClassVar[Text] = gettext_lazy("People")
    permission: ClassVar[str] = MANAGE
    confidential: ClassVar[bool] = True
    unmerged: ClassVar[frozenset[str]] = frozenset(
        {"name", "salutation", "sex", "birth_year", "role", "organisation", *CONTACTS}
    )
    columns: ClassVar[tuple[Column, ...]] = (
        Column("name", gettext_lazy("Name"), values.text,
               ("nama", "nama lengkap", "nama orang", "nama pengurus", "nama anggota", "nama relawan", "nama staf"),
               required=True, example="Sri Contoh"),
        Column("salutation", gettext_lazy("How they are addressed"), values.text, ("sapaan", "gelar", "panggilan"),
               example="Bu"),
        Column("sex", gettext_lazy("Sex"), chosen(Sex, _SEXES), ("jenis kelamin", "jk", "l/p", "gender", "kelamin"),
               example="P"),
        Column("birth_year", gettext_lazy("Year of birth"), values.count, ("tahun lahir", "lahir", "thn lahir"),
               example=1985),
        Column("organisation", gettext_lazy("Organisation"), values.text,
               ("organisasi", "lembaga", "nama lembaga", "asal lembaga", "kelompok"),
               hint=gettext_lazy("Empty: the organisation chosen for the import.")),
        Column("role", gettext_lazy("What they are there"), chosen(RoleTitle, _ROLES),
               ("jabatan", "peran", "posisi", "sebagai"), example="Anggota"),
        Column("phone", gettext_lazy("Phone"), _phone,
               ("telepon", "telp", "hp", "no hp", "nomor hp", "no. hp", "no telp", "kontak"),
               example="0812 3456 7890"),
        Column("whatsapp", gettext_lazy("WhatsApp"), _phone, ("wa", "no wa", "nomor wa", "no. wa")),
        Column("email", gettext_lazy("E-mail"), _email, ("e-mail", "surel", "email"), example="sri@contoh.id"),
    )  # fmt: skip

    def desk(self, actor: Actor, batch: ImportBatch, *, now: datetime) -> Desk:
        return PeopleDesk(actor, batch, now)


class PeopleDesk(Desk):
    """`home`: the organisation of rows that name none."""

    def __init__(self, actor: Actor, batch: ImportBatch, now: datetime) -> None:
        self.actor, self.day = actor, today(now)
        self.home = Organisation.objects.filter(pk=batch.organisation_id).first() if batch.organisation_id else None
        self.names = NameReader(actor, within(actor.scope(MANAGE)))
        self._places: dict[UUID, str] = {}

    def faults(self, values: Values) -> Iterable[Fault]:
        found = []
        try:
            self._organisation(values)
        except Unreadable as error:
            found.append(Fault("organisation", error.code, error.message))
        year = values.get("birth_year")
        if year is not None and not 1900 <= year <= self.day.year:
            found.append(Fault("birth_year", "birth_year", _("Write the year of birth with four digits.")))
        return found

    def _organisation(self, values: Values) -> Organisation:
        if values.get("organisation"):
            return self.names.one(values["organisation"])
        if self.home is None or not may(self.actor, MANAGE, self.home):
            raise Unreadable("needed", _("Say which organisation this person is in."))
        return self.home

    def _place(self, organisation_id: UUID) -> str:
        """Two people are compared within one organisation alone: it takes the place of an area."""
        return self._places.setdefault(organisation_id, f"{len(self._places):05d}")

    def likeness(self, key: str, values: Values) -> Likeness | None:
        return Likeness(key, (values["name"],), (), self._place(self._organisation(values).pk))

    def known(self) -> Iterable[Likeness]:
        rows = Affiliation.objects.filter(superseded_at=None, person__in=people_for(self.actor, on=self.day).order_by())
        for pk, name, organisation_id in rows.values_list("person_id", "person__name", "organisation_id").distinct():
            yield Likeness(f"people.person:{pk}", (name,), (), self._place(organisation_id))

    def shown(self, refs: Sequence[str]) -> Mapping[str, Shown]:
        ids = [RecordRef.parse(ref).uuid for ref in refs if ref]
        found = {}
        for row in people_for(self.actor, on=self.day).filter(pk__in=ids):
            texts = {"name": row.name, "salutation": row.salutation, "sex": row.get_sex_display() if row.sex else ""}
            texts |= {"birth_year": str(row.birth_year or ""), **contacts_for(self.actor, row, on=self.day)}
            found[str(row.ref)] = Shown(row.name, reverse("people:person", args=[row.pk]), texts)
        return found

    def apply(self, row_id: UUID, values: Values, choice: Choice, *, now: datetime) -> Written:
        told = {kind: str(values[kind]) for kind in CONTACTS if values.get(kind)}
        if choice.decision == "merge":
            return self._merge(choice.into, told, now)
        try:
            organisation = self._organisation(values)
        except Unreadable as error:
            raise Conflict(error.code, message=str(error.message)) from error
        person = register_person(
            self.actor,
            organisation=organisation,
            role=str(values.get("role") or RoleTitle.MEMBER),
            name=values["name"],
            salutation=str(values.get("salutation") or ""),
            sex=str(values.get("sex") or ""),
            birth_year=values.get("birth_year"),
            id=uuid7_from(f"import/{row_id}", uuid7_instant(row_id)),
            now=now,
        )
        person = self._reach(person, told, now) if told else person
        return Written(str(person.ref), {"version": person.version})

    def _merge(self, into: str, told: Mapping[str, str], now: datetime) -> Written:
        """Ways to reach them that nobody knew yet are added; nothing else changes."""
        person = person_for(self.actor, RecordRef.parse(into).uuid, on=self.day)
        kept = contacts_for(self.actor, person, on=self.day)
        added = {kind: words for kind, words in told.items() if not kept.get(kind)}
        if not added:
            return Written(into, {}, merged=True)
        person = self._reach(person, {**kept, **added}, now)
        return Written(into, {"version": person.version, "added": sorted(added)}, merged=True)

    def _reach(self, person: Person, told: Mapping[str, str], now: datetime) -> Person:
        ways: dict[str, Any] = {kind: told.get(kind, "") for kind in CONTACTS}
        return change_contacts(self.actor, person, version=person.version, now=now, **ways)

    def undo(self, written: Written, *, now: datetime) -> None:
        person = Person.objects.filter(pk=RecordRef.parse(written.ref).uuid).first()
        if person is None:
            return
        if not written.merged:
            withdraw_person(self.actor, person, seen_version=int(written.undo["version"]), now=now)
            return
        added = written.undo.get("added", ())
        if added and person.version != written.undo["version"]:
            raise Conflict("edited_meanwhile", message=_("It has been changed since. Look at it, and mend it by hand."))
        if not people_for(self.actor, on=self.day).filter(pk=person.pk).exists():
            raise Denied(MANAGE, person.ref)
        kept = contacts_for(self.actor, person, on=self.day)
        if added:
            self._reach(person, {kind: words for kind, words in kept.items() if kind not in added}, now)
