"""Public facts, each with the public source it was read in. Dates as precise as the source gives them."""

from dataclasses import dataclass

PROFILE = "jmslombok.or.id, profil"
SEJAJAR = "sejajar.id, tentang kami"
LRC_NEWS = "lrcfoundation.com; lumbunginovasi.id"
MADANI = "madani-indonesia.org; id.usembassy.gov"
REGIONAL_PRESS = "atmago.com; jateng.antaranews.com; Kompasiana 13-10-2022; beritabaru.co; koranseruya.com"


@dataclass(frozen=True, slots=True)
class PublicOrganisation:
    """`names` are (name, acronym, since, until) with partial dates ("2008") or "" where the source is silent."""

    key: str
    kind: str
    names: tuple[tuple[str, str, str, str], ...]
    seat: str | None
    source: str
    founded: str = ""
    working_areas: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    principles: tuple[tuple[str, str], ...] = ()
    activity_forms: tuple[tuple[str, str], ...] = ()
    description: tuple[str, str] | None = None


def _plain(key: str, kind: str, names: tuple[str, str], seat: str | None, source: str) -> PublicOrganisation:
    return PublicOrganisation(key, kind, ((*names, "", ""),), seat, source)


JMS_LOMBOK = PublicOrganisation(
    key="jms-lombok",
    kind="OT.N",
    names=(
        ("Jaringan Masyarakat Sipil Lombok Barat", "JMS-LOBAR", "2008", "2015"),
        ("JMS Lombok", "JMS Lombok", "2015", ""),
    ),
    seat="52",
    source=PROFILE,
    founded="2008",
    working_areas=("52.01", "52.02", "52.03", "52.08"),
    sectors=("PDK", "KES", "ADM", "SOS"),
    principles=(
        ("Mandiri", "Independent"),
        ("Akuntabel", "Accountable"),
        ("Partisipatif", "Participatory"),
        ("Transparan", "Transparent"),
        ("Berkeadilan", "Just"),
        ("Kolektif", "Collective"),
        ("Setara gender", "Gender-equal"),
    ),
    activity_forms=(
        ("Pendidikan dan pelatihan bagi komunitas", "Education and training for communities"),
        ("Diskusi di desa sebagai belajar bersama", "Village discussions as learning together"),
        ("Berbagi informasi dengan anggota dan warga", "Sharing information with members and the public"),
        ("Advokasi bersama", "Joint advocacy"),
    ),
    description=(
        "Tempat berhimpun organisasi masyarakat sipil di Pulau Lombok untuk penelitian dan advokasi kebijakan publik.",
        "Where civil-society organisations of Lombok meet for research and public policy advocacy.",
    ),
)
# Why the name changed: recorded as the reason of the second name.
RENAMED_BECAUSE = (
    "Rekomendasi Musyawarah Besar anggota ke-II tahun 2012, serta wilayah kerja dan keanggotaan yang meluas.",
    "Recommended by the second general assembly in 2012, and working areas and membership had grown.",
)

SEJAJAR_SECRETARIAT = PublicOrganisation(
    key="sejajar",
    kind="OT.NN",
    names=(("S=JAJAR", "S=JAJAR", "2020", ""),),
    seat="31",
    source=SEJAJAR,
    sectors=("PRB",),
    description=(
        "Sekretariat jaringan-antar-jaringan organisasi masyarakat sipil, mandiri secara politik, lintas sektor.",
        "Secretariat of a network of civil-society networks: politically independent, across sectors.",
    ),
)

PUBLIC: tuple[PublicOrganisation, ...] = (
    JMS_LOMBOK,
    SEJAJAR_SECRETARIAT,
    PublicOrganisation(
        key="lrc",
        kind="OT.Y",
        names=(("Lombok Research Center", "LRC", "", ""),),
        seat="52.03",
        source=LRC_NEWS,
        working_areas=("52.03.03", "52.03.04", "52.03.05", "52.03.09", "52.03.17"),
        sectors=("PPA", "SOS", "ADM"),
    ),
    _plain("bakti", "OT.Y", ("Yayasan BaKTI", "BaKTI"), "73.71", LRC_NEWS),
    _plain("konsil-lsm", "OT.P", ("Konsil LSM Indonesia", "Konsil LSM"), "31", "konsillsm.or.id"),
    _plain("pujiono", "OT.T", ("Pujiono Centre", ""), None, "pujionocentre.org"),
    _plain("oxfam", "OT.DON", ("Oxfam di Indonesia", "Oxfam"), None, "posmerdeka.com"),
    _plain("mdmc", "OT.B", ("Muhammadiyah Disaster Management Center", "MDMC"), None, "posmerdeka.com"),
    _plain("fhi360", "OT.DON", ("FHI 360", ""), None, MADANI),
    _plain("usaid", "OT.DON", ("USAID", ""), None, MADANI),
    _plain("pattiro-gresik", "OT.P", ("PATTIRO Gresik", ""), "35.25", REGIONAL_PRESS),
    _plain("lakpesdam-sumenep", "OT.B", ("Lakpesdam Sumenep", ""), "35.29", REGIONAL_PRESS),
    _plain("paramitra-malang", "OT.Y", ("Paramitra Malang", ""), "35.07", REGIONAL_PRESS),
    _plain("ybn", "OT.Y", ("Yayasan Bambu Nusantara", "YBN"), "35.77", REGIONAL_PRESS),
    _plain("ppsw-pasoendan", "OT.P", ("PPSW Pasoendan", ""), "36.02", "sabba.id"),
    _plain("yasmib", "OT.Y", ("YASMIB Sulawesi", "YASMIB"), "73.71", REGIONAL_PRESS),
    _plain("lskp", "OT.P", ("LSKP", ""), "73.71", REGIONAL_PRESS),
    _plain("lpkp", "OT.P", ("LPKP Jawa Timur", "LPKP"), "35", REGIONAL_PRESS),
    _plain("wallacea", "OT.Y", ("Wallacea", ""), "73.22", REGIONAL_PRESS),
)


@dataclass(frozen=True, slots=True)
class PublicProgramme:
    """A programme as sources describe it. `areas` are those the sources name, which need not be all there were."""

    key: str
    name: tuple[str, str]
    acronym: str
    start: str
    until: str
    funder: str
    areas: tuple[str, ...]
    roles: tuple[tuple[str, str], ...]
    source: str


PROGRAMMES: tuple[PublicProgramme, ...] = (
    PublicProgramme(
        key="inklusi-lotim",
        name=("INKLUSI di Lombok Timur", "INKLUSI in Lombok Timur"),
        acronym="INKLUSI",
        start="2022",
        until="",
        funder="",
        areas=("52.03",),
        roles=(("bakti", "lead_partner"), ("lrc", "implementer")),
        source=LRC_NEWS,
    ),
)
