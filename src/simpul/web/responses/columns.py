"""The columns of a 4W as clusters keep it, by the many names they go by; what people call clusters and states."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy

from simpul.activities.clusters import Cluster, SubCluster
from simpul.activities.models import ActivityStatus
from simpul.interop import values
from simpul.interop.recipes import Column
from simpul.kernel.text import fold
from simpul.web.imports.recipes.reading import chosen

_CLUSTERS: Final[Mapping[str, str]] = {
    fold(words): code
    for code, said in (
        (Cluster.HEALTH, ("kesehatan", "health", "kluster kesehatan", "klaster kesehatan")),
        (Cluster.RESCUE, ("pencarian dan penyelamatan", "sar", "pencarian & penyelamatan", "search and rescue")),
        (Cluster.LOGISTICS, ("logistik", "logistics", "klaster logistik")),
        (Cluster.PROTECTION, ("pengungsian dan perlindungan", "pengungsian & perlindungan", "perlindungan",
                              "protection", "displacement and protection")),
        (Cluster.EDUCATION, ("pendidikan", "education", "klaster pendidikan")),
        (Cluster.FACILITIES, ("sarana dan prasarana", "sarana & prasarana", "sarpras", "infrastructure")),
        (Cluster.ECONOMY, ("ekonomi", "economy", "livelihood", "livelihoods", "penghidupan")),
        (Cluster.RECOVERY, ("pemulihan dini", "pemulihan", "early recovery")),
    )
    for words in said
}  # fmt: skip
_SUB_CLUSTERS: Final[Mapping[str, str]] = {
    fold(words): code
    for code, said in (
        (SubCluster.SHELTER, ("hunian", "shelter", "tempat tinggal", "hunian darurat")),
        (SubCluster.WATER, ("wash", "air bersih", "air, sanitasi, dan kebersihan", "sanitasi", "pas")),
        (SubCluster.CAMPS, ("manajemen pos pengungsian", "cccm", "camp management")),
        (SubCluster.CHILDREN, ("perlindungan anak", "child protection")),
        (SubCluster.VULNERABLE, ("ldr", "kelompok rentan", "lansia disabilitas rentan", "vulnerable")),
        (SubCluster.VIOLENCE, ("kbg", "gbv", "kekerasan berbasis gender", "pencegahan kekerasan berbasis gender")),
        (SubCluster.PSYCHOSOCIAL, ("psikososial", "dukungan psikososial", "psychosocial", "mhpss")),
        (SubCluster.CASH, ("cva", "bantuan tunai", "cash", "tunai")),
        (SubCluster.FOOD, ("pangan", "food")),
        (SubCluster.ITEMS, ("nfi", "non pangan", "bantuan non pangan")),
    )
    for words in said
}
_STATUSES: Final[Mapping[str, str]] = {
    fold(words): code
    for code, said in (
        (ActivityStatus.PLANNED, ("rencana", "direncanakan", "planned")),
        (ActivityStatus.ONGOING, ("berjalan", "sedang berjalan", "ongoing", "berlangsung")),
        (ActivityStatus.DONE, ("selesai", "completed", "complete", "done", "terlaksana")),
        (ActivityStatus.STOPPED, ("dihentikan", "berhenti", "batal", "cancelled", "stopped")),
    )
    for words in said
}
COLUMNS: Final[tuple[Column, ...]] = (
    Column("line", gettext_lazy("Line"), values.text, ("#meta+id", "baris", "id")),
    Column("lead", gettext_lazy("Lead organisation"), values.text,
           ("#org+prog", "#org+lead", "lembaga", "organisasi", "lembaga pelaksana utama", "lead", "organisation",
            "organization", "nama lembaga", "siapa", "who"), required=True, example="Yayasan Contoh Mandiri"),
    Column("implementers", gettext_lazy("Implementers"), values.text,
           ("#org+impl", "pelaksana", "implementing partner", "mitra pelaksana", "implementer")),
    Column("partners", gettext_lazy("Partners"), values.text, ("#org+partner", "mitra", "partner")),
    Column("funders", gettext_lazy("Funders"), values.text,
           ("#org+funder", "donor", "penyandang dana", "pendana", "sumber dana")),
    Column("funder_words", gettext_lazy("Who pays, in words"), values.text, ("#org+funder+text",)),
    Column("cluster", gettext_lazy("Cluster"), chosen(Cluster, _CLUSTERS),
           ("#sector", "klaster", "kluster", "sektor", "sector"), required=True, example="Logistik"),
    Column("sub_cluster", gettext_lazy("Sub-cluster"), chosen(SubCluster, _SUB_CLUSTERS),
           ("#subsector", "sub klaster", "subklaster", "sub cluster")),
    Column("activity", gettext_lazy("Activity"), values.text,
           ("#activity", "kegiatan", "aktivitas", "apa", "what", "jenis kegiatan"), required=True,
           example="Paket pangan"),
    Column("unit", gettext_lazy("Unit"), values.text, ("#output+unit", "satuan")),
    Column("planned", gettext_lazy("Planned"), values.amount,
           ("#output+planned+num", "rencana", "target", "jumlah rencana", "quantity planned")),
    Column("done", gettext_lazy("Done so far"), values.amount,
           ("#output+done+num", "realisasi", "capaian", "jumlah", "quantity", "jumlah realisasi")),
    Column("province", gettext_lazy("Province"), values.text, ("#adm1+name", "provinsi", "admin1")),
    Column("regency", gettext_lazy("Regency or city"), values.text,
           ("#adm2+name", "kabupaten", "kota", "kabupaten/kota", "kab/kota", "kab", "admin2")),
    Column("district", gettext_lazy("District"), values.text, ("#adm3+name", "kecamatan", "kec", "admin3")),
    Column("village", gettext_lazy("Village"), values.text,
           ("#adm4+name", "desa", "kelurahan", "desa/kelurahan", "admin4")),
    Column("code", gettext_lazy("Area code"), values.text, ("kode wilayah", "kode", "pcode")),
    Column("province_code", gettext_lazy("Province code"), values.text, ("#adm1+code",)),
    Column("regency_code", gettext_lazy("Regency code"), values.text, ("#adm2+code",)),
    Column("district_code", gettext_lazy("District code"), values.text, ("#adm3+code",)),
    Column("village_code", gettext_lazy("Village code"), values.text, ("#adm4+code",)),
    Column("place", gettext_lazy("Place"), values.text, ("#loc+name", "lokasi", "dusun", "posko")),
    Column("starts_on", gettext_lazy("First day"), values.day,
           ("#date+start", "tanggal mulai", "mulai", "start date")),
    Column("ends_on", gettext_lazy("Last day"), values.day,
           ("#date+end", "tanggal selesai", "selesai", "end date")),
    Column("status", gettext_lazy("Status"), chosen(ActivityStatus, _STATUSES), ("#status",), required=True,
           example="Berjalan"),
    Column("girls", gettext_lazy("Girls (0–17)"), values.count, ("#reached+f+children", "anak perempuan", "girls")),
    Column("boys", gettext_lazy("Boys (0–17)"), values.count, ("#reached+m+children", "anak laki-laki", "boys")),
    Column("women", gettext_lazy("Women (18–59)"), values.count,
           ("#reached+f+adults", "perempuan", "perempuan dewasa", "women")),
    Column("men", gettext_lazy("Men (18–59)"), values.count,
           ("#reached+m+adults", "laki-laki", "laki-laki dewasa", "men")),
    Column("older_women", gettext_lazy("Older women (60+)"), values.count,
           ("#reached+f+elderly", "lansia perempuan", "elderly women")),
    Column("older_men", gettext_lazy("Older men (60+)"), values.count,
           ("#reached+m+elderly", "lansia laki-laki", "elderly men")),
    Column("untold", gettext_lazy("Others, sex and age not told"), values.count, ("#reached+unspecified",)),
    Column("total", gettext_lazy("Reached in all"), values.count,
           ("#reached", "total", "jumlah penerima manfaat", "penerima manfaat", "total beneficiaries", "jiwa")),
    Column("with_disability", gettext_lazy("Of all these, with a disability"), values.count,
           ("#reached+disabled", "penyandang disabilitas", "disabilitas", "people with disabilities", "pwd")),
    Column("as_of", gettext_lazy("These figures are of"), values.day,
           ("#date+reported", "per tanggal", "tanggal data", "tanggal laporan", "as of", "tanggal"), required=True,
           example="12-11-2026",
           missing=gettext_lazy("Write the day on which these figures were counted: it shows how old they are.")),
    Column("note", gettext_lazy("Note"), values.text, ("#description", "catatan", "keterangan", "remarks")),
)  # fmt: skip
