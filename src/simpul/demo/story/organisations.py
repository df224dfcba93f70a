"""Who is in the story. Institutions of the regency carry "(contoh)": they are like the real ones and are not they."""

from dataclasses import dataclass
from datetime import date

LENTERA_JATI, AIK_BENING, LOTIM, NTB = "52.03.99.2001", "52.03.99.2002", "52.03", "52"


@dataclass(frozen=True, slots=True)
class StoryOrganisation:
    """`joins` are keys of the networks it is a member of, from `since`."""

    key: str
    kind: str
    name: str
    seat: str
    since: date
    acronym: str = ""
    joins: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    confirmed: date | None = None


BEGUN = date(2024, 1, 15)
FORUM_SINCE = date(2024, 9, 2)
ASKED = date(2026, 9, 15)


def _in_forum(key: str, kind: str, name: str, *sectors: str, confirmed: date | None = ASKED) -> StoryOrganisation:
    return StoryOrganisation(
        key, kind, f"{name} (contoh)", LOTIM, FORUM_SINCE, joins=("forum",), sectors=sectors, confirmed=confirmed
    )


SUPPORT = StoryOrganisation(
    "support", "OT.Y", "Pusat Riset Rinjani (contoh)", LOTIM, BEGUN, "PRR", sectors=("PPA", "SOS"), confirmed=ASKED
)
NETWORK = StoryOrganisation(
    "network", "OT.N", "Jaringan Masyarakat Sipil NTB (contoh)", NTB, BEGUN, "JMS-NTB", confirmed=ASKED
)
FORUM = StoryOrganisation(
    "forum", "OT.F", "Forum SIMPUL LOTIM (contoh)", LOTIM, BEGUN, "SIMPUL LOTIM", ("network",), ("SOS", "ADM"), ASKED
)
FIRST: tuple[StoryOrganisation, ...] = (SUPPORT, NETWORK, FORUM)

FORUM_MEMBERS: tuple[StoryOrganisation, ...] = (
    _in_forum("oms-1", "OT.Y", "Yayasan Suara Sasak", "ANG", "DES"),
    _in_forum("oms-2", "OT.P", "Perkumpulan Perempuan Gumi Selaparang", "PPA"),
    _in_forum("oms-3", "OT.T", "Komunitas Pesisir Labuhan", "SDA", "EKO"),
    _in_forum("oms-4", "OT.P", "Lembaga Bantuan Hukum Rinjani", "HAM"),
    _in_forum("oms-5", "OT.B", "Sayap Perempuan Nahdah", "KES", "PPA", confirmed=None),
    _in_forum("oms-6", "OT.T", "Rumah Baca Kokok Segara", "PDK"),
    _in_forum("oms-7", "OT.Y", "Yayasan Difabel Setara Lombok", "DIS"),
    _in_forum("oms-8", "OT.SP", "Serikat Buruh Migran Lotim", "MIG"),
    _in_forum("oms-9", "OT.S", "Forum Warga Peduli Air", "SDA", confirmed=None),
    _in_forum("dp3akb", "OT.OPD", "DP3AKB Lombok Timur"),
    _in_forum("dukcapil", "OT.OPD", "Dinas Dukcapil Lombok Timur"),
    _in_forum("dinsos", "OT.OPD", "Dinas Sosial Lombok Timur"),
    _in_forum("agency", "OT.OPD", "Bappeda Lombok Timur"),
    _in_forum("dprd", "OT.DPR", "DPRD Lombok Timur"),
    _in_forum("kampus", "OT.PT", "Universitas Rinjani", "PDK"),
    _in_forum("radio", "OT.MED", "Radio Suara Selaparang", "DIG"),
    _in_forum("perusahaan", "OT.SW", "PT Rinjani Hijau"),
)
UPTD = StoryOrganisation("uptd", "OT.OPD", "UPTD PPA Lombok Timur (contoh)", LOTIM, BEGUN, "UPTD PPA", confirmed=ASKED)

# Thirteen networks of the province; with the forum, fourteen are members of the provincial one.
NETWORK_SUBJECTS: tuple[tuple[str, str], ...] = (
    ("Adminduk Inklusif", "52.71"),
    ("Air dan Hutan Lombok", "52.08"),
    ("Anak Terlindungi", "52.01"),
    ("Anggaran Berkeadilan", "52.71"),
    ("Desa Tangguh Bencana", "52.08"),
    ("Difabel NTB", "52.71"),
    ("Ekonomi Perempuan", "52.02"),
    ("Kesehatan Ibu dan Anak", "52.04"),
    ("Lansia Berdaya", "52.01"),
    ("Literasi dan Anti-Hoaks", "52.71"),
    ("Pekerja Migran NTB", "52.02"),
    ("Pemuda Lintas Iman", "52.06"),
    ("Tani dan Nelayan Sumbawa", "52.72"),
)
NETWORKS: tuple[StoryOrganisation, ...] = tuple(
    StoryOrganisation(
        f"jaringan-{n}", "OT.N", f"Jaringan {subject} (contoh)", seat, date(2024, 3, 4), joins=("network",),
        confirmed=ASKED if n % 3 else None,
    )
    for n, (subject, seat) in enumerate(NETWORK_SUBJECTS, start=1)
)  # fmt: skip
