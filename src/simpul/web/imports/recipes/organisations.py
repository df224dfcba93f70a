"""Organisations: what a row says of one, which entries it may repeat, and how it comes into the directory."""

from typing import TYPE_CHECKING, ClassVar, Final

from django.utils.translation import gettext_lazy as _

from simpul.interop import values
from simpul.interop.recipes import Column, Desk, Recipe, Text
from simpul.organisations import shapes
from simpul.organisations.institutions import Answer
from simpul.organisations.kinds import OrganisationKind
from simpul.organisations.sectors import Sector
from simpul.organisations.visibility import FIELDS
from simpul.web.imports.recipes.kinds import SPOKEN
from simpul.web.imports.recipes.reading import budget_band, chosen, several_of, shaped

if TYPE_CHECKING:
    from datetime import datetime

    from simpul.interop.models import ImportBatch
    from simpul.interop.tables import Cell
    from simpul.kernel.actor import Actor

AREAS: Final = ("province", "regency", "district", "village", "area")  # the largest first; the last of any level


def _answer(cell: "Cell") -> str | None:
    said = values.yes_no(cell)
    return None if said is None else str(Answer.YES if said else Answer.NO)


def _label(field: str) -> Text:
    return FIELDS[field].label


def _number(field: str, most: int, *names: str) -> Column:
    return Column(field, _label(field), shaped(values.count, shapes.number(most), field), names, example=3)


class OrganisationRecipe(Recipe):
    """Members of a network, or just entries of the directory."""

    key: ClassVar[str] = "organisations"
    label: ClassVar[Text] = _("Organisations")
    permission: ClassVar[str] = "organisation.register"
    # A name is changed with its history, a place and a membership on their own pages.
    unmerged: ClassVar[frozenset[str]] = frozenset({"name", "acronym", "kind", *AREAS, "joined"})
    columns: ClassVar[tuple[Column, ...]] = (
        Column(
            "name", _("Name of the organisation"), shaped(values.text, shapes.words(200), "name"),
            ("nama", "nama lembaga", "lembaga", "organisasi", "nama oms", "nama anggota", "anggota", "nama lsm", "name",
             "oms", "nama mitra", "mitra", "nama yayasan", "nama kelompok", "organisation", "organization"),
            required=True, example="Yayasan Contoh Mandiri",
        ),
        Column("acronym", _("Short name"), shaped(values.text, shapes.words(40), "acronym"),
               ("singkatan", "akronim", "nama singkat", "alias", "acronym"), example="YCM"),
        Column("kind", _("Kind"), chosen(OrganisationKind, SPOKEN),
               ("jenis", "jenis lembaga", "bentuk", "tipe", "kategori", "jenis organisasi", "bentuk lembaga", "type"),
               example="Yayasan"),
        Column("founded", _label("founded"), shaped(values.partial_date, shapes.partial_date, "founded"),
               ("berdiri", "tahun berdiri", "tgl berdiri", "tanggal berdiri", "didirikan", "tahun pendirian",
                "sejak tahun", "thn berdiri"), example="2008"),
        Column("province", _("Province"), values.text, ("provinsi", "propinsi", "prov"), example="Nusa Tenggara Barat"),
        Column("regency", _("Regency or city"), values.text,
               ("kabupaten", "kota", "kabupaten/kota", "kab/kota", "kab", "kab./kota", "kota/kabupaten"),
               example="Kab. Lombok Utara"),
        Column("district", _("District"), values.text, ("kecamatan", "kec", "distrik"), example="Tanjung"),
        Column("village", _("Village"), values.text, ("desa", "kelurahan", "desa/kelurahan", "desa/kel", "kel/desa"),
               example="Jenggala"),
        Column("area", _("Area (any level)"), values.text,
               ("wilayah", "lokasi", "daerah", "domisili", "kedudukan", "area", "tempat", "kode wilayah", "basis"),
               example=""),
        Column("address", _label("address"), shaped(values.text, shapes.words(300), "address"),
               ("alamat", "alamat lengkap", "alamat kantor", "alamat sekretariat", "jalan"),
               example="Jl. Contoh No. 1"),
        Column("postal_code", _label("postal_code"), shaped(values.digits, shapes.digits(5), "postal_code"),
               ("kode pos", "kodepos"), example="83352"),
        Column("phone", _label("phone"), shaped(values.phone, shapes.phone, "phone"),
               ("telepon", "telp", "tlp", "no telp", "no. telp", "nomor telepon", "hp", "no hp", "no. hp", "kontak",
                "telepon kantor", "no telepon", "nomor hp", "phone"), example="0376 21234"),
        Column("whatsapp", _label("whatsapp"), shaped(values.phone, shapes.phone, "whatsapp"),
               ("wa", "no wa", "no. wa", "nomor wa", "nomor whatsapp", "hp/wa", "no hp/wa"), example="0812 3456 7890"),
        Column("email", _label("email"), shaped(values.text, shapes.email, "email"),
               ("e-mail", "surel", "alamat email", "mail"), example="sekretariat@contoh.id"),
        Column("website", _label("website"), shaped(values.text, shapes.web_address, "website"),
               ("situs", "web", "laman", "situs web", "alamat web"), example="contoh.id"),
        Column("description", _label("description"), values.text,
               ("deskripsi", "profil", "tentang", "keterangan", "profil singkat", "uraian"), example=""),
        Column("sectors", _label("sectors"), several_of(Sector),
               ("isu", "bidang", "fokus", "sektor", "bidang kerja", "isu kerja", "fokus isu", "bidang kegiatan"),
               example="Kesehatan; Pendidikan"),
        Column("deed_number", _label("deed_number"), shaped(values.text, shapes.words(60), "deed_number"),
               ("no akta", "nomor akta", "akta", "akta notaris", "no. akta")),
        Column("legal_decree_number", _label("legal_decree_number"),
               shaped(values.text, shapes.words(60), "legal_decree_number"),
               ("sk kemenkumham", "ahu", "nomor ahu", "sk kumham", "no sk kemenkumham", "sk ahu")),
        Column("skt_number", _label("skt_number"), shaped(values.text, shapes.words(60), "skt_number"),
               ("skt", "no skt", "nomor skt")),
        Column("npwp", _label("npwp"), shaped(values.digits, shapes.digits(15, 16), "npwp"),
               ("npwp", "no npwp", "nomor npwp", "npwp lembaga")),
        _number("staff_women", 1_000_000, "staf perempuan", "pegawai perempuan", "staf p"),
        _number("staff_men", 1_000_000, "staf laki-laki", "pegawai laki-laki", "staf l", "staf laki laki"),
        _number("volunteers", 100_000_000, "relawan", "jumlah relawan", "sukarelawan"),
        _number("board_women", 32_767, "pengurus perempuan", "pengurus p"),
        _number("board_men", 32_767, "pengurus laki-laki", "pengurus l", "pengurus laki laki"),
        Column("budget_band", _label("budget_band"), budget_band,
               ("anggaran", "anggaran tahunan", "anggaran per tahun", "budget", "dana", "jumlah anggaran"),
               example="Rp1,3 M"),
        Column("accepts_referrals", _label("accepts_referrals"), _answer,
               ("menerima rujukan", "rujukan", "terima rujukan"), example="ya"),
        Column("joined", _("Member since"), values.partial_date,
               ("bergabung", "anggota sejak", "tahun bergabung", "tanggal bergabung", "tgl bergabung", "masuk"),
               example="Mei 2019"),
    )  # fmt: skip

    def desk(self, actor: "Actor", batch: "ImportBatch", *, now: "datetime") -> Desk:
        from simpul.web.imports.recipes.organisation_desk import OrganisationDesk  # inline: slow import

        return OrganisationDesk(actor, batch, now)
