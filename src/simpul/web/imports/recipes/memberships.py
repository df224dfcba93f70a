"""Memberships: organisations of the directory that are in a network, since when and as what."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import ClassVar, Final
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.interop import values
from simpul.interop.areas import LEVELS, AreaReader
from simpul.interop.likeness import Likeness
from simpul.interop.models import ImportBatch
from simpul.interop.recipes import Choice, Column, Desk, Fault, Recipe, Shown, Text, Values, Written
from simpul.interop.values import Unreadable
from simpul.kernel.actor import Actor
from simpul.kernel.errors import Conflict, Denied
from simpul.kernel.ids import uuid7_from, uuid7_instant
from simpul.kernel.refs import RecordRef
from simpul.kernel.text import fold
from simpul.kernel.time import PartialDate
from simpul.organisations.models import Membership, Organisation
from simpul.organisations.models.memberships import MembershipRole
from simpul.organisations.rules.organisations import may
from simpul.organisations.services.memberships import admit_member, withdraw_membership
from simpul.web.imports.recipes.known import shown_organisations
from simpul.web.imports.recipes.naming import NameReader
from simpul.web.imports.recipes.reading import chosen

MANAGE: Final = "membership.manage"
_AREAS: Final = ("province", "regency", "area")
_SPOKEN: Final[Mapping[str, str]] = {
    fold(words): str(role)
    for role, said in (
        (MembershipRole.MEMBER, ("anggota", "anggota biasa", "member")),
        (MembershipRole.PRESIDIUM, ("presidium", "anggota presidium", "dewan presidium")),
        (MembershipRole.COORDINATOR, ("koordinator", "ketua")),
        (MembershipRole.SECRETARIAT, ("sekretariat", "tuan rumah sekretariat")),
        (MembershipRole.OBSERVER, ("pengamat", "peninjau")),
    )
    for words in said
}


class MembershipRecipe(Recipe):
    key: ClassVar[str] = "memberships"
    label: ClassVar[Text] = gettext_lazy("Memberships")
    permission: ClassVar[str] = MANAGE
    columns: ClassVar[tuple[Column, ...]] = (
        Column("member", gettext_lazy("Member"), values.text,
               ("nama", "nama lembaga", "anggota", "nama anggota", "lembaga", "organisasi", "nama oms", "oms"),
               required=True, example="Yayasan Contoh Mandiri"),
        Column("province", gettext_lazy("Province"), values.text, ("provinsi", "propinsi")),
        Column("regency", gettext_lazy("Regency or city"), values.text,
               ("kabupaten", "kota", "kabupaten/kota", "kab/kota", "kab"), example="Kab. Lombok Utara"),
        Column("area", gettext_lazy("Area (any level)"), values.text, ("wilayah", "lokasi", "daerah")),
        Column("role", gettext_lazy("Role in the network"), chosen(MembershipRole, _SPOKEN),
               ("peran", "jabatan", "status keanggotaan", "sebagai", "posisi"), example="Anggota"),
        Column("joined", gettext_lazy("Member since"), values.partial_date,
               ("bergabung", "anggota sejak", "tahun bergabung", "tanggal bergabung", "sejak", "masuk", "mulai"),
               example="Mei 2019"),
        Column("left", gettext_lazy("Member until"), values.day,
               ("keluar", "sampai", "berakhir", "tanggal keluar", "selesai")),
        Column("decided_by", gettext_lazy("Who decided"), values.text,
               ("diputuskan oleh", "keputusan", "diterima oleh", "dasar", "sk"), example="Rapat presidium"),
        Column("ready", gettext_lazy("Statement of readiness signed"), values.yes_no,
               ("pernyataan kesediaan", "surat kesediaan", "kesediaan"), example="ya"),
    )  # fmt: skip

    def desk(self, actor: Actor, batch: ImportBatch, *, now: datetime) -> Desk:
        return MembershipDesk(actor, batch)


class MembershipDesk(Desk):
    """Nobody is entered here: a name that the directory doesn't know is a fault."""

    def __init__(self, actor: Actor, batch: ImportBatch) -> None:
        self.actor, self.areas, self.names = actor, AreaReader(), NameReader(actor)
        network = Organisation.objects.filter(pk=UUID(str(batch.options.get("network", UUID(int=0))))).first()
        if network is None or not may(actor, MANAGE, network):
            raise Denied(MANAGE)
        self.network = network
        standing = Membership.objects.filter(network=network, superseded_at=None, valid_until=None)
        self.standing = set(standing.values_list("member_id", "role"))

    def faults(self, values: Values) -> Iterable[Fault]:
        if not values.get("member"):
            return []
        try:
            member = self._member(values)
        except Unreadable as error:
            return [Fault("member", error.code, error.message)]
        if member.pk == self.network.pk:
            return [Fault("member", "in_itself", _("A network is no member of itself."))]
        if (member.pk, _role(values)) in self.standing:
            return [Fault("member", "already_member", _("It has this role in the network already. Leave the row out."))]
        since, until = _day(values.get("joined")), values.get("left")
        if since and until and until <= since:
            return [Fault("left", "period_reversed", _("It ends after it begins. Check both dates."))]
        return []

    def _member(self, values: Values) -> Organisation:
        area = self.areas.deepest([(LEVELS.get(n), str(values.get(n) or "")) for n in _AREAS])
        return self.names.one(values["member"], area.pk if area else "")

    def likeness(self, key: str, values: Values) -> Likeness | None:
        return None

    def known(self) -> Iterable[Likeness]:
        return ()

    def shown(self, refs: Sequence[str]) -> Mapping[str, Shown]:
        ids = [RecordRef.parse(ref).uuid for ref in refs if ref]
        rows = Membership.objects.filter(pk__in=ids).select_related("member")
        found = {str(row.ref): str(row.member.ref) for row in rows}
        members = shown_organisations(self.actor, list(found.values()))
        return {ref: members[member] for ref, member in found.items() if member in members}

    def apply(self, row_id: UUID, values: Values, choice: Choice, *, now: datetime) -> Written:
        try:
            member = self._member(values)
        except Unreadable as error:
            raise Conflict(error.code, message=str(error.message)) from error
        row = admit_member(
            self.actor,
            self.network,
            member=member,
            role=_role(values),
            valid_from=_day(values.get("joined")),
            valid_until=values.get("left"),
            has_readiness_statement=bool(values.get("ready")),
            decided_by=str(values.get("decided_by") or ""),
            membership_id=uuid7_from(f"import/{row_id}", uuid7_instant(row_id)),
            now=now,
        )
        return Written(str(row.ref))

    def undo(self, written: Written, *, now: datetime) -> None:
        row = Membership.objects.filter(pk=RecordRef.parse(written.ref).uuid).first()
        if row is None:
            return
        if row.superseded_at is not None:
            message = _("The membership has been changed since. End it by hand.")
            raise Conflict("edited_meanwhile", message=message)
        withdraw_membership(self.actor, row, now=now)


def _role(values: Values) -> str:
    return str(values.get("role") or MembershipRole.MEMBER)


def _day(since: PartialDate | None) -> date | None:
    return since.day if since else None
